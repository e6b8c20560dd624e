"""How far a batch is: a bar on a terminal, a line every ten seconds elsewhere, nothing where it is not wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import click

from simforms.cli.voice import said
from simforms.messages import say

SECONDS = 10
"""Between two lines."""


class Tick(Protocol):
    """Counts one more record."""

    def __call__(self, *, failed: bool) -> None:
        """Count it; `failed` says whether nothing could be made of it."""


@contextmanager
def progress(count: int, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> Iterator[Tick]:
    """Yield what counts the records of a batch, and show how many of `count` are done."""
    if quiet:
        yield lambda *, failed: None  # noqa: ARG005 - nothing is shown
    elif sys.stderr.isatty():
        with _bar(count) as tick:
            yield tick
    else:
        yield _lines(count, clock)


def _lines(count: int, clock: Callable[[], float]) -> Tick:
    begun = shown = clock()
    done = wrong = 0

    def tick(*, failed: bool) -> None:
        nonlocal done, wrong, shown
        done, wrong, now = done + 1, wrong + failed, clock()
        if now - shown < SECONDS:
            return
        shown, rate = now, done / (now - begun)
        line = say(
            "%(done)s of %(count)s, %(rate)s a second, %(left)s s left, %(failed)s failed",
            done=done,
            count=count,
            rate=f"{rate:.1f}",
            left=round((count - done) / rate),
            failed=wrong,
        )
        click.echo(said(line), err=True)

    return tick


@contextmanager
def _bar(count: int) -> Iterator[Tick]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, wrong = bar.add_task("", total=count, rate="", failed=""), 0

        def tick(*, failed: bool) -> None:
            nonlocal wrong
            wrong += failed
            rate = bar.tasks[task].speed
            bar.update(
                task,
                advance=1,
                rate=said(say("%(rate)s a second", rate=f"{rate:.1f}")) if rate else "",
                failed=said(say("%(failed)s failed", failed=wrong)) if wrong else "",
            )

        yield tick
