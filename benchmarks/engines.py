"""The engines that are compared, each a living process of its own.

Asked for a page with a line of JSON, it writes the file and answers how long it took. An engine is a context in which it is
warm; it yields a function that prepares a request outside the clock and returns the work to be timed. One that cannot be had
here raises WithoutError with the reason.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

Work = Callable[[], bytes]
Prepare = Callable[[dict[str, Any]], Work]
HERE = Path(__file__).parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_FOOT = ".foot { position: fixed; bottom: 0; width: 100%; }"


class WithoutError(Exception):
    """An engine cannot be had here."""


@contextmanager
def naive() -> Iterator[Prepare]:
    """WeasyPrint as one would first call it: the HTML as it is, whole installed fonts, nothing kept between two calls."""
    import weasyprint  # noqa: PLC0415 - each process loads its own engine only

    yield lambda ask: lambda: weasyprint.HTML(string=ask["html"]).write_pdf()


@contextmanager
def _printing(*, anew: bool) -> Iterator[Prepare]:
    from people import case  # noqa: PLC0415 - see naive
    from requested import planned  # noqa: PLC0415

    from simforms.papers.fitting import document_pdf  # noqa: PLC0415
    from simforms.pdf import press as pdf  # noqa: PLC0415

    def prepare(ask: dict[str, Any]) -> Work:
        plan = planned(case(ask["fields"]), ask["document"])
        if anew:
            pdf._press().forms.clear()
        return lambda: document_pdf(plan, plan.documents[0])

    yield prepare


def single() -> AbstractContextManager[Prepare]:
    """Simforms, each paper laid out as a whole."""
    return _printing(anew=True)


def batch() -> AbstractContextManager[Prepare]:
    """Simforms, one paper after the other for many people, as in a batch or in a program."""
    return _printing(anew=False)


def _typst() -> Any:
    try:
        import typst  # noqa: PLC0415 - see naive
    except ImportError:
        raise WithoutError("typst is not installed (extra [bench])") from None
    return typst


def _faces() -> list[str]:
    from simforms.pdf.fonts import font_files  # noqa: PLC0415 - see naive

    return [str(path.parent) for path in font_files()]


@contextmanager
def typst_compile() -> Iterator[Prepare]:
    """`typst.compile`, which finds and loads its fonts each time."""
    typst, folders = _typst(), _faces()
    yield (
        lambda ask: (
            lambda: typst.compile(
                str(HERE / ask["typst"]), font_paths=folders, ignore_system_fonts=True, sys_inputs=ask["values"]
            )
        )
    )


@contextmanager
def typst_compiler() -> Iterator[Prepare]:
    """`typst.Compiler`, kept alive with its fonts; new values for each call."""
    typst, folders = _typst(), _faces()
    kept: dict[str, Any] = {}

    def prepare(ask: dict[str, Any]) -> Work:
        page = ask["typst"]
        if page not in kept:
            kept[page] = typst.Compiler(str(HERE / page), font_paths=folders, ignore_system_fonts=True)
        return lambda: kept[page].compile(sys_inputs=ask["values"])

    yield prepare


@contextmanager
def chromium() -> Iterator[Prepare]:
    """Headless Chromium, kept alive with an open page and driven over its debugging pipe; the same HTML.

    It knows no running elements, so it is told to fix the foot to each page.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        raise WithoutError("no headless Chromium is installed")
    with tempfile.TemporaryDirectory(prefix="bench-chromium-", ignore_cleanup_errors=True) as folder:
        call, end = _driven(browser, folder)
        target = call("Target.createTarget", url="about:blank")["targetId"]
        session = call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        frame = call("Page.getFrameTree", session)["frameTree"]["frame"]["id"]

        def prepare(ask: dict[str, Any]) -> Work:
            html = ask["html"].replace("</head>", f"<style>{_FOOT}</style></head>")

            def work() -> bytes:
                call("Page.setDocumentContent", session, frameId=frame, html=html)
                printed = call("Page.printToPDF", session, preferCSSPageSize=True, printBackground=True)
                return base64.b64decode(printed["data"])

            return work

        yield prepare
        end()


def _driven(browser: str, folder: str) -> tuple[Callable[..., Any], Callable[[], None]]:
    """Start a browser that takes commands on descriptor 3 and answers on 4; return what calls it, and what ends it."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    options = ["--headless", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe", f"--user-data-dir={folder}"]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # it refuses to run as root with one
    quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    pipes = [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
    process = os.posix_spawn(browser, [browser, *options], os.environ, file_actions=[*pipes, quiet])
    os.close(theirs_in)
    os.close(theirs_out)
    numbers = itertools.count(1)
    commands, answers = os.fdopen(ours_out, "wb"), _messages(ours_in)

    def call(method: str, session: str = "", **parameters: object) -> Any:
        number = next(numbers)
        message = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        commands.write(json.dumps(message).encode() + b"\0")
        commands.flush()
        answer = next(answer for answer in answers if answer.get("id") == number)
        return answer["result"]

    def end() -> None:
        call("Browser.close")
        os.waitpid(process, 0)

    return call, end


def _messages(descriptor: int) -> Iterator[dict[str, Any]]:
    rest = b""
    while chunk := os.read(descriptor, 1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from map(json.loads, whole)
    raise WithoutError("the browser ended")


ENGINES: dict[str, Callable[[], AbstractContextManager[Prepare]]] = {
    "naive": naive,
    "single": single,
    "batch": batch,
    "typst.compile": typst_compile,
    "typst.Compiler": typst_compiler,
    "chromium": chromium,
}


def serve(name: str) -> None:
    """Answer requests until there are no more: {"html", "fields", "values", "document", "typst", "to"} a line."""
    try:
        with ENGINES[name]() as prepare:
            print(json.dumps({"ready": True}), flush=True)
            for line in sys.stdin:
                ask = json.loads(line)
                work = prepare(ask)
                start = time.perf_counter()
                body = work()
                spent = time.perf_counter() - start
                Path(ask["to"]).write_bytes(body)
                print(json.dumps({"seconds": spent}), flush=True)
    except WithoutError as reason:
        print(json.dumps({"without": str(reason)}), flush=True)
    except Exception as error:
        print(json.dumps({"without": f"it failed: {error!r}"}), flush=True)
        raise


if __name__ == "__main__":
    serve(sys.argv[1])
