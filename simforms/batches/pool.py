"""Processes that print records, here or on other machines: one that hangs or dies affects only its own record."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import re
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import cache, partial
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, cast

from simforms import processes
from simforms.errors import CommandLineError, SimformsError
from simforms.messages import say
from simforms.pdf.native import pip_command

if TYPE_CHECKING:
    from pebble import ProcessPool

MEMORY = 2 * 1024**3
"""Bytes of address space that a worker may take; it lives on a tenth of that."""
RECORDS = 2000
"""A worker is replaced after so many."""
LONGEST_PATH = 70
"""Characters of the folder for temporary files: the path of a socket in it has 32 more, and at most 107 (unix(7))."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""

Submit = Callable[..., "Future[Any]"]
"""Calls a function with arguments in a worker, and returns the future of its result."""


class WorkersError(SimformsError):
    """There are no workers; the message says why, and what to do."""


@contextmanager
def local(count: int, seconds: float) -> Iterator[Submit]:
    """Yield what has functions called in `count` processes on this machine, each call killed after `seconds`."""
    with processes.safe_path():  # workers are started as they are needed
        pool: Any = _pool(count)  # it has no types
        try:
            yield partial(_scheduled, pool, seconds)
            pool.close()
        finally:
            pool.stop()
            pool.join()


def _scheduled(pool: ProcessPool, seconds: float, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    future: Future[Any] = Future()
    try:
        future = pool.schedule(function, args=arguments, timeout=seconds)
    except RuntimeError as error:  # the processes of the pool were killed, all of them
        future.set_exception(error)
    return future


def _pool(count: int) -> ProcessPool:
    from pebble import ProcessPool  # noqa: PLC0415 - only a batch pays for it

    prepared = sys.platform == "linux" and len(tempfile.gettempdir()) < LONGEST_PATH
    context = multiprocessing.get_context("forkserver" if prepared else "spawn")
    if prepared:
        context.set_forkserver_preload(["simforms.batches.preload"])
    return ProcessPool(max_workers=count, max_tasks=RECORDS, initializer=_confined, context=context)


def _confined() -> None:
    """Limit this process, and let it end with its parent; only the parent gets the signal of Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    Thread(target=_end_with_batch, daemon=True).start()
    with suppress(ImportError, ValueError):  # Windows knows no such limits; a lower one may be set already
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    processes.settle()
    gc.freeze()


def _end_with_batch() -> None:
    """Wait for the end of the process that asked for this one, and end.

    The signal above comes from the process that forked this one, and never if that had ended before it was asked for.
    """
    batch = multiprocessing.parent_process()
    if batch is not None:
        batch.join()
        os._exit(1)


@contextmanager
def cluster(address: str, seconds: float) -> Iterator[Submit]:
    """Yield a function that calls others on the workers of a dask scheduler, as `local` does here. Raises WorkersError.

    Each worker calls in a process of its own, so that a call that hangs can be killed there too.
    """
    if not re.fullmatch(r"\w+://\S+:\d+", address):
        what = say("“%(address)s” is not the address of a scheduler; write one like tcp://192.168.1.5:8786", address=address)
        raise CommandLineError(what)
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise WorkersError(
            say("a library is missing; install it with: %(command)s", command=pip_command("simforms[cluster]"))
        ) from None
    try:
        client: Any = cast("Any", Client)(  # it has no types
            address, timeout=SECONDS_TO_CONNECT, set_as_default=False, deserializers=PLAIN
        )
    except (OSError, ValueError):
        raise WorkersError(say("no scheduler answers at %(address)s", address=address)) from None
    with client:
        if not client.scheduler_info()["workers"]:
            raise WorkersError(say("the scheduler at %(address)s has no workers; start them first", address=address))
        yield partial(client.get_executor(pure=False).submit, _there, seconds)


SECONDS_TO_CONNECT = 5
PLAIN = ("dask", "msgpack", "error")
"""What a result may be: bytes and plain data, nothing that is run when it is read. Exceptions of Dask's own are still pickled."""


def _there(seconds: float, function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in a process next to a worker of a cluster, and wait for it."""
    with processes.safe_path():
        with _starting:
            pool = _beside()
        return _scheduled(pool, seconds, function, *arguments).result()


_starting = Lock()
"""A worker of a cluster has several threads; all use one pool."""


@cache
def _beside() -> ProcessPool:
    return _pool(1)
