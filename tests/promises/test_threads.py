"""A program may print from many threads: each file holds its own person's values only, as if no other thread were there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import TODAY

import simforms
from simforms.batches import pool as workers
from simforms.pdf import press as pdf
from simforms.pdf import text_layer, threads
from simforms.pdf.merge import merge_files
from simforms.pdf.pictures import page_pictures
from simforms.pdf.press import print_packet, print_pdf

PEOPLE = ("WANG XIAOMING", "LIN DAIYU ABC", "KIM MINJI ABCD", "NGUYEN VAN AN", "JOHN EXAMPLE DOE", "PARK JIMIN")
THREADS = 6
PAGE = """<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" }</style></head>
<body><p><span data-field="x">%s</span></p></body></html>"""
COVER = PAGE.replace("<p>", "<p>cover ")


def _case(name: str) -> dict[str, Any]:
    person = {"name": name, "birth_date": "1999-04-01", "address": "東京都新宿区高田馬場1-2-3", "phone": "080-1234-5678"}
    line = {"number": "090-1234-5678", "card": "esim"}
    return {"language": "en", "carrier": "softbank", "person": person, "line": line, "cancellation": {"channel": "shop"}}


def _file(name: str) -> bytes:
    return simforms.render(_case(name), documents=["cancellation-request"], today=TODAY)


def _packet(name: str) -> bytes:
    return simforms.render(_case(name), documents=["counter-card", "call-log"], today=TODAY)


def _joined(name: str) -> bytes:
    return print_packet([(lambda _, __: PAGE % name, 1)], lambda _: COVER % name)


def _pictures(name: str) -> list[bytes]:
    return page_pictures(print_pdf(PAGE % name), 50)


def _in_threads(function: Callable[[str], Any], names: Sequence[str]) -> list[Any]:
    """Return what a function makes of each name, all threads at work at once."""
    start = threading.Barrier(THREADS)

    def waiting(name: str) -> Any:
        if len(started) < THREADS:
            started.append(name)
            start.wait(30)
        return function(name)

    started: list[str] = []
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(waiting, names))


@pytest.mark.parametrize("function", [_file, _packet, _joined, _pictures])
def test_each_file_is_the_one_that_a_single_thread_makes(function: Callable[[str], Any]) -> None:
    alone = {name: function(name) for name in PEOPLE}
    names = PEOPLE * 4

    assert [made == alone[name] for name, made in zip(names, _in_threads(function, names), strict=True)] == [True] * len(names)


def test_each_file_holds_the_values_of_its_own_person_only() -> None:
    names = PEOPLE * 4
    for name, body in zip(names, _in_threads(_file, names), strict=True):
        text = text_layer.drawn_text(body)
        assert [one for one in PEOPLE if "".join(one.split()) in "".join(text.split())] == [name]


FIRST = """
import json, sys, threading
from datetime import date
import simforms

CASE = {"language": "ko", "carrier": "softbank", "person": {"name": "KIM MINSU"}, "line": {"number": "090-1234-5678"}}
start, bodies = threading.Barrier(6), []

def make():
    start.wait(30)
    bodies.append(simforms.render(CASE, documents=["call-log"], today=date(2026, 11, 20)))

threads = [threading.Thread(target=make) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps([len(bodies), len(set(bodies))]))
"""


def test_threads_may_load_the_engine_at_the_same_moment() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST], check=False, capture_output=True, text=True, timeout=120)

    assert done.stderr == ""
    assert json.loads(done.stdout) == [6, 1]


@pytest.mark.parametrize(
    "enter",
    [
        lambda: print_pdf(PAGE % "x"),
        lambda: print_packet([(lambda _, __: PAGE % "x", 1)], lambda _: COVER % "x"),
        lambda: page_pictures(BODY[0], 50),
        lambda: merge_files(BODY, TODAY),
        pdf.preload,
        pdf.layout_counts,
    ],
    ids=["print_pdf", "print_packet", "pictures", "joined", "loaded", "layouts"],
)
def test_whoever_enters_waits_for_its_turn(enter: Callable[[], object]) -> None:
    BODY[:] = [print_pdf(PAGE % "x")]
    thread = threading.Thread(target=enter)
    with threads._lock:
        thread.start()
        thread.join(0.3)
        waited = thread.is_alive()
    thread.join(30)

    assert waited
    assert not thread.is_alive()


BODY: list[bytes] = []


class _Held:
    """Something of a page, which notes when it is freed."""

    def __init__(self, freed: list[bool]) -> None:
        self.freed = freed

    def __del__(self) -> None:
        self.freed.append(not _is_free())


def _is_free() -> bool:
    """Tell whether another thread could have its turn now."""
    found: list[bool] = []

    def enter() -> None:
        if threads._lock.acquire(blocking=False):
            threads._lock.release()
            found.append(True)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    return bool(found)


def test_what_an_error_holds_of_a_page_is_freed_in_turn() -> None:
    freed: list[bool] = []

    @threads.one_thread_at_a_time
    def failing() -> None:
        held = _Held(freed)
        raise MemoryError(type(held).__name__)

    with pytest.raises(MemoryError) as caught:
        failing()

    assert freed == [True]
    assert caught.value.__traceback__ is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_that_is_forked_while_a_thread_prints_can_print() -> None:
    print_pdf(PAGE % "x")
    stop = threading.Event()

    def keep_printing() -> None:
        while not stop.is_set():
            print_pdf(PAGE % "y")

    thread = threading.Thread(target=keep_printing)
    thread.start()
    try:
        time.sleep(0.1)
        child = os.fork()
        if not child:
            signal.alarm(20)  # one that waits for ever is ended
            try:
                print_pdf(PAGE % "z")
            finally:
                os._exit(0)
    finally:
        stop.set()
        thread.join()

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_the_threads_of_a_worker_of_a_cluster_share_one_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    pools: list[int] = []

    def pool(count: int) -> int:
        time.sleep(0.05)
        pools.append(count)
        return count

    monkeypatch.setattr(workers, "_pool", pool)
    monkeypatch.setattr(workers, "_scheduled", lambda *_: type("Done", (), {"result": lambda _: None})())
    workers._beside.cache_clear()
    try:
        _in_threads(lambda _: workers._there(1, print), ["x"] * THREADS)
    finally:
        workers._beside.cache_clear()

    assert pools == [1]
