"""Each fault of the machine ends with one clear sentence and the right exit code, and nothing half made."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT

from simforms.batches.journal import NAME, Entry, journal
from simforms.cli.main import main
from simforms.write import write, write_new

CASE = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
RENDER = ["render", str(CASE), "-d", "counter-card"]


def _run(
    *arguments: str, before: str = "", environment: dict[str, str] | None = None, limit: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, with a fault put in before it starts."""
    script = f"{before}\nfrom simforms.cli.main import main\nmain()"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | (environment or {}),
        preexec_fn=limit,
    )


def _nothing_left(folder: Path) -> bool:
    return not folder.exists() or not list(folder.iterdir())


FONT = "import simforms.pdf.fonts as fonts, pathlib\n"
FAULTS = {
    "no-font": (
        "import sys; sys.modules['noto_cjk_sans_jp_regular'] = None",
        3,
        "the font NotoSansCJKjp-Regular.otf cannot be read",
    ),
    "font-cut-short": (FONT + "fonts.SIZES = dict.fromkeys(fonts.SIZES, 100)", 3, "is damaged or is a different version"),
    "no-pango": (
        "import sys\nclass No:\n def find_spec(self, name, *_):\n"
        "  if name.startswith('weasyprint'): raise OSError('cannot load library pango')\nsys.meta_path.insert(0, No())",
        3,
        "the text layout library cannot be loaded",
    ),
    "template-gone": (
        "import jinja2\ndef gone(self, environment, name): raise jinja2.TemplateNotFound(name)\n"
        "jinja2.FileSystemLoader.get_source = gone",
        3,
        "counter-card/document.html.j2",
    ),
    "template-unreadable": (
        "import jinja2\ndef no(self, environment, name): raise PermissionError(13, 'Permission denied', name)\n"
        "jinja2.FileSystemLoader.get_source = no",
        3,
        "Permission denied",
    ),
    "catalog-broken": (
        "import simforms.language.catalogs as c, babel.messages.pofile as p\nc._plain_entries = lambda _: None\n"
        "def broken(*_, **__): raise p.PoFileError('broken', 1, '', 1)\np.read_po = broken",
        3,
        "locales",
    ),
    "fsync-fails": ("import os\ndef fail(_): raise OSError(5, 'Input/output error')\nos.fsync = fail", 3, "Input/output error"),
    "disk-full": (
        "import os\ndef fail(_): raise OSError(28, 'No space left on device')\nos.fsync = fail",
        3,
        "No space left on device",
    ),
    "no-temporary-folder": (
        "import tempfile\ndef fail(*_, **__): raise OSError(28, 'No space left on device', '/tmp')\ntempfile.mkdtemp = fail",
        3,
        "No space left on device",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_machine_is_one_sentence(name: str, tmp_path: Path) -> None:
    before, code, told = FAULTS[name]

    result = _run(*RENDER, "-o", str(tmp_path / "out"), before=before)

    assert result.returncode == code, result.stderr
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert _nothing_left(tmp_path / "out")


def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "out"
    file.write_text("not a folder")

    result = _run(*RENDER, "-o", str(file / "deeper"))

    assert result.returncode == 3
    assert str(file) in result.stderr
    assert "Traceback" not in result.stderr
    assert file.read_text() == "not a folder"


@pytest.mark.parametrize("at", range(0, 620, 31))
def test_a_case_cut_short_anywhere_is_told_or_read(at: int, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(CASE.read_bytes()[:at] + b"\xff" * (at % 2) + CASE.read_bytes()[at + 3 :])

    result = CliRunner().invoke(main, ["check", str(path)])

    assert result.exit_code in {0, 1}
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LANG": "ja_JP.SJIS"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "/dev/zero"},
        {"HOME": "/nowhere"},
    ],
)
def test_a_strange_environment_changes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    dated = ["render", str(CHECKOUT / "samples" / "docomo-double-billing" / "case.yaml")]
    usual = _run(*dated, "-o", str(tmp_path / "a"))
    strange = _run(*dated, "-o", str(tmp_path / "b"), environment=environment)

    assert (usual.returncode, strange.returncode) == (0, 0), strange.stderr
    assert [path.read_bytes() for path in sorted((tmp_path / "a").glob("*.pdf"))] == [
        path.read_bytes() for path in sorted((tmp_path / "b").glob("*.pdf"))
    ]


def test_few_descriptors_are_enough(tmp_path: Path) -> None:
    result = _run(*RENDER, "-o", str(tmp_path / "out"), limit=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)))

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.3, 0.6, 0.9])
def test_a_stop_in_the_middle_leaves_whole_files_only(sign: signal.Signals, after: float, tmp_path: Path) -> None:
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "simforms", "render", str(CASE), "-o", str(out)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {"TMPDIR": str(temporary)}
    ) as run:
        time.sleep(after)
        run.send_signal(sign)
        run.wait(30)

    assert not list(out.glob(".simforms-*"))
    assert not list(temporary.iterdir())
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in out.glob("*.pdf"))


def test_printing_starts_no_other_program(tmp_path: Path) -> None:
    script = (
        "import sys\ndef watch(event, arguments):\n    if event in {'subprocess.Popen', 'os.posix_spawn', 'os.exec', 'os.fork'}:"
        "\n        print(event, arguments[:1], file=sys.stderr)\n"
        f"sys.addaudithook(watch)\nsys.argv[1:] = ['render', {str(CASE)!r}, '-d', 'counter-card', '-o', {str(tmp_path)!r}]\n"
        "from simforms.cli.main import main\nmain()"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not result.stderr
    assert list(tmp_path.glob("*.pdf"))


def test_a_killed_writer_leaves_the_older_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write(path, b"old" * 100_000)
    script = (
        f"from pathlib import Path\nfrom simforms.write import write\nwhile True: write(Path({str(path)!r}), b'new' * 100_000)"
    )
    for _ in range(5):
        with subprocess.Popen([sys.executable, "-c", script]) as run:
            time.sleep(0.3)
            run.kill()
        assert path.read_bytes() in {b"old" * 100_000, b"new" * 100_000}


def test_two_writers_never_mix(tmp_path: Path) -> None:
    path, stop = tmp_path / "paper.pdf", threading.Event()
    bodies = {b"a" * 200_000, b"b" * 200_000}
    write(path, b"a" * 200_000)

    def keep_writing(body: bytes) -> None:
        while not stop.is_set():
            write(path, body)

    writers = [threading.Thread(target=keep_writing, args=(body,)) for body in bodies]
    for writer in writers:
        writer.start()
    torn = sum(path.read_bytes() not in bodies for _ in range(500))
    stop.set()
    for writer in writers:
        writer.join()

    assert torn == 0
    assert list(tmp_path.iterdir()) == [path]


def test_a_refused_case_leaves_the_older_papers_as_they_were(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _run(*RENDER, "-o", str(out))
    before = {path: path.read_bytes() for path in out.iterdir()}
    wrong = tmp_path / "case.yaml"
    wrong.write_text(CASE.read_text(encoding="utf-8").replace("1999-04-01", "1999-02-30"), encoding="utf-8")

    result = _run("render", str(wrong), "-o", str(out))

    assert result.returncode == 1
    assert {path: path.read_bytes() for path in out.iterdir()} == before


def test_a_pipe_that_closes_is_no_traceback() -> None:
    shell = shutil.which("sh")
    assert shell
    result = subprocess.run(
        [shell, "-c", f"{sys.executable} -m simforms carriers | head -1"], check=False, capture_output=True, text=True
    )

    assert "Traceback" not in result.stderr


def _fails(error: BaseException) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


NO_LINKS = PermissionError(1, "Operation not permitted")
"""What a file system says that knows no links."""


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), MemoryError()], ids=repr)
@pytest.mark.parametrize("at", ["write", "fsync", "replace"])
def test_a_new_file_that_cannot_be_written_is_not_there(
    at: str, error: BaseException, links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if at == "replace" and links:
        monkeypatch.setattr(Path, "hardlink_to", _fails(error if not isinstance(error, OSError) else NO_LINKS))
    elif not links:
        monkeypatch.setattr(Path, "hardlink_to", _fails(NO_LINKS))
    if at == "write":
        monkeypatch.setattr(os, "fdopen", _short(os.fdopen, error))
    else:
        monkeypatch.setattr(os if at == "fsync" else Path, at, _fails(error))
    with pytest.raises(type(error)):
        write_new(tmp_path / "case.yaml", b"x" * 100_000)
    monkeypatch.undo()

    assert list(tmp_path.iterdir()) == []


def _short(fdopen: Callable[..., Any], error: BaseException) -> Callable[..., Any]:
    """Return what opens a file that takes a part of what is written, and then fails."""

    def opened(descriptor: int, mode: str) -> Any:
        file = fdopen(descriptor, mode, buffering=0)

        class Short:
            def __enter__(self) -> Short:
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def write(self, body: bytes) -> None:
                file.write(body[: len(body) // 2])
                raise error

        return Short()

    return opened


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
def test_a_new_file_is_whole_private_and_never_replaces_another(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _fails(NO_LINKS))
    path, link = tmp_path / "new" / "case.yaml", tmp_path / "link"
    write_new(path, b"first")
    link.symlink_to(tmp_path / "nowhere")

    for there in (path, link):
        with pytest.raises(FileExistsError) as told:
            write_new(there, b"second")
        assert told.value.filename == str(there)
    assert path.read_bytes() == b"first"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [*path.parent.iterdir()] == [path]
    assert path.stat().st_nlink == 1


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
def test_of_many_writers_of_a_new_file_one_wins(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", _fails(NO_LINKS))
    path, start, won = tmp_path / "case.yaml", threading.Barrier(8), []

    def writing(number: int) -> None:
        start.wait(30)
        try:
            write_new(path, b"%d" % number * 50_000)
        except FileExistsError:
            return
        won.append(number)

    writers = [threading.Thread(target=writing, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert len(won) == 1
    assert path.read_bytes() == b"%d" % won[0] * 50_000
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_down_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, there, sync = tmp_path / "case.yaml", list[bool](), os.fsync

    def watched(descriptor: int) -> None:
        there.append(path.exists())
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    write_new(path, b"x")

    assert there == [False]


def test_a_line_of_the_journal_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries, write_some = [Entry(f"S-{number}", "0123456789abcdef" * 4) for number in range(3)], os.write
    with journal(tmp_path) as open_journal:
        open_journal.note(entries[0])
        monkeypatch.setattr(os, "write", lambda descriptor, line: write_some(descriptor, line[:7]))
        open_journal.note(entries[1])
        parts = iter([30])

        def full(descriptor: int, line: bytes) -> int:
            for count in parts:
                return write_some(descriptor, line[:count])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space"):
            open_journal.note(entries[2])
        monkeypatch.undo()
        open_journal.note(entries[2])

    with journal(tmp_path) as again:
        assert list(again.entries) == [entry.id for entry in entries]


def _write_paper(folder: Path) -> None:
    write(folder / "paper.pdf", b"x")


def _note(folder: Path) -> None:
    with journal(folder) as kept:
        kept.note(Entry("A-1", "0" * 64))


@pytest.mark.parametrize(("step", "call", "name"), [("fsync", _write_paper, "paper.pdf"), ("write", _note, NAME)])
def test_a_full_disk_names_the_file_that_could_not_be_written(
    step: str, call: Callable[[Path], object], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space left") as wrong:
        call(tmp_path)

    assert wrong.value.filename == str(tmp_path / name)


def test_warnings_that_are_errors_for_a_developer_are_none_for_a_paper(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "simforms", "render", str(CASE), "-d", "counter-card", "-o", str(tmp_path)]
    done = subprocess.run(
        command, check=False, env=os.environ | {"PYTHONWARNINGS": "error"}, capture_output=True, text=True, cwd=CHECKOUT
    )

    assert (done.returncode, done.stderr) == (0, "")
