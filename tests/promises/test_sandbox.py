"""Templates of somebody else reach, read, write and start nothing, and end: each attack is refused or stopped."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import attacks
import pytest
from conftest import CHECKOUT, SOAK, planned

from simforms import processes
from simforms.cli import foreign_folder, kernel, sandbox
from simforms.cli.sandbox import ForeignError, Order, Printed, framed, print_foreign
from simforms.errors import ContentError, RenderError
from simforms.papers import html
from simforms.papers.files import OutputFormat
from simforms.papers.self_contained import self_contained
from simforms.pdf import native
from simforms.write import workplace

CASE = CHECKOUT / "samples" / "no-answer" / "case.yaml"
STEM = "SF-9NSZ-62EH-proof-sheet-zh-Hans"
ORDER = Order(cases=(str(CASE),), documents=("proof-sheet",))


def _folder(tmp_path: Path, body: str) -> Path:
    place = tmp_path / "mine" / "templates" / "proof-sheet"
    place.mkdir(parents=True)
    (place / "document.html.j2").write_text(attacks.page(body), encoding="utf-8")
    return tmp_path / "mine"


def _printed(folder: Path, order: Order = ORDER) -> Printed:
    try:
        return print_foreign(folder, CHECKOUT, order)
    except ForeignError as error:
        return Printed(error.exit_code, str(error))


def _snapshot(place: Path) -> dict[str, tuple[int, int, bytes]]:
    found = ((path, path.lstat()) for path in sorted(place.rglob("*")))
    return {str(path): (s.st_mode, s.st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path, s in found}


@pytest.mark.parametrize("name", ["pdf", "html", "text", "png"])
def test_a_folder_of_templates_prints(name: str, tmp_path: Path) -> None:
    made = _printed(_folder(tmp_path, "<p>{{ person.name }} 自分の様式</p>"), dataclasses.replace(ORDER, form=OutputFormat(name)))

    assert made.code == 0, made.told
    assert list(made.files) == [f"{STEM}{'-1' if name == 'png' else ''}.{ {'text': 'txt'}.get(name, name) }"]


def test_a_packet_of_blank_forms_prints_with_other_templates(tmp_path: Path) -> None:
    order = Order(documents=("proof-sheet",), form=OutputFormat(packet=True), blank=True, language="ko")

    assert list(_printed(_folder(tmp_path, ""), order).files) == ["blank-packet-ko.pdf"]


def test_a_paper_of_other_templates_names_what_drew_it(tmp_path: Path) -> None:
    [(_, manifest)] = _printed(_folder(tmp_path, "")).files.values()

    assert json.loads(manifest)["made_with"]["pango"] == native.pango_version()


def test_what_is_wrong_with_a_case_is_told_as_without_them(tmp_path: Path) -> None:
    wrong = tmp_path / "case.yaml"
    wrong.write_text("language: en\ncarrier: au\nperson: {birth_date: 1999-02-30}\n")

    made = _printed(_folder(tmp_path, ""), Order(cases=(str(wrong),), documents=("proof-sheet",), ui="en"))

    assert made.code == 1
    assert f"{wrong}:3: person.birth_date: " in made.told


def test_what_is_wrong_with_a_case_and_with_a_catalog_is_told_without_a_traceback(tmp_path: Path) -> None:
    wrong, catalog = tmp_path / "case.yaml", _folder(tmp_path, "") / "locales" / "vi" / "LC_MESSAGES" / "simforms.po"
    wrong.write_text("language: vi\ncarrier: [\n")
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgid ""\nmsgstr ""\n')

    made = _printed(tmp_path / "mine", Order(cases=(str(wrong),), documents=("proof-sheet",)))

    assert made.code == 3
    assert "its first line must be the language's name for itself" in made.told
    assert "Traceback" not in made.told


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return what fills a template in, in this process."""
    place = tmp_path_factory.mktemp("content")
    foreign_folder.write(foreign_folder.own(CHECKOUT), place)
    plan = dataclasses.replace(planned(CASE, "proof-sheet"), content=place)
    path = place / "templates" / "proof-sheet" / "document.html.j2"

    def fill(body: str) -> str:
        path.write_text(attacks.page(body), encoding="utf-8")
        html._environment.cache_clear()
        return html.document_html(plan, plan.documents[0])

    return fill


REACHING = [(kind, *attack) for kind in ("inside", "paths", "inner", "formats", "files") for attack in attacks.TEMPLATES[kind]()]


@pytest.mark.parametrize("body", [body for _, _, body in REACHING], ids=[f"{kind}: {name}" for kind, name, _ in REACHING])
def test_a_template_reaches_nothing_that_is_not_on_the_list(body: str, tmp_path: Path, filled: Callable[[str], str]) -> None:
    hidden = tmp_path / "hidden"
    hidden.write_text(attacks.HIDDEN)
    before = _snapshot(tmp_path)
    text = body.replace("%(secret)s", str(hidden)).replace("%(target)s", str(tmp_path / "target")).replace("%%", "%")

    with pytest.raises(Exception) as refused:  # noqa: PT011 - the process ends, by whatever of Jinja refuses
        filled(text)

    assert attacks.HIDDEN not in str(refused.value)
    assert _snapshot(tmp_path) == before


def test_a_template_sees_no_folder_of_this_machine(tmp_path: Path, filled: Callable[[str], str]) -> None:
    """Texts are made of objects in more ways than one: no object tells where it was read from."""
    everything = "plan, carrier, document, person.name, person.name.value, plan.warnings, plan.matters, fields, rules, cite"
    found = filled(f"{{% for one in [{everything}] %}}{{{{ one ~ '' }}}}{{{{ [one]|join }}}}{{{{ one|string }}}}{{% endfor %}}")

    assert "Plan(" in found
    assert not [one for one in (str(CHECKOUT), str(tmp_path.parent), "PosixPath") if one in found]


def test_a_function_that_a_template_gets_is_not_called(filled: Callable[[str], str]) -> None:
    """Values that are functions are for our own sentences: `language_names` returns one."""
    with pytest.raises(ContentError, match="not safely callable"):
        filled("{{ language_names(['en'])('en') }}")


FETCHING = [attack for kind in ("addresses", "running", "styles") for attack in attacks.TEMPLATES[kind]()]


@pytest.mark.parametrize("body", [body for _, body in FETCHING], ids=[name for name, _ in FETCHING])
def test_a_page_that_fetches_runs_or_leads_away_is_refused(body: str) -> None:
    with pytest.raises(RenderError, match="wanted to fetch something"):
        self_contained(f"<!DOCTYPE html><html lang=ja><head><title>x</title></head><body>{body}</body></html>")


def test_our_own_pages_are_whole_in_themselves() -> None:
    plan = planned(CASE)
    for kind in plan.documents:
        page = html.document_html(plan, kind)
        assert self_contained(page) == page


@pytest.mark.parametrize("name", ["html", "pdf", "text"])
def test_the_check_holds_for_every_form(name: str, tmp_path: Path) -> None:
    folder = _folder(
        tmp_path, f'<script src="https://{attacks.EVIL}/x"></script><a href="https://{attacks.EVIL}/{{{{ person.name }}}}">x</a>'
    )

    made = _printed(folder, dataclasses.replace(ORDER, form=OutputFormat(name)))

    assert (made.code, dict(made.files)) == (3, {})
    assert "wanted to fetch something" in made.told
    assert attacks.EVIL not in made.told


GREEDY = dict(attacks.greedy())


@pytest.mark.one_in(3)
@pytest.mark.parametrize("name", GREEDY)
def test_a_template_that_takes_everything_is_stopped(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 4)
    begun = time.monotonic()

    made = _printed(_folder(tmp_path, GREEDY[name].replace("%%", "%")))

    assert time.monotonic() - begun < 30
    assert made.code in {1, 3}
    assert not made.files
    assert made.told
    assert "Traceback" not in made.told


def test_a_template_that_never_ends_is_stopped_at_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 3)

    with pytest.raises(ForeignError, match="took longer than 3 seconds and were stopped; simplify them"):
        print_foreign(_folder(tmp_path, GREEDY["loops in loops"]), CHECKOUT, ORDER)


def test_a_template_that_wants_all_memory_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(ForeignError, match="more than 2048 MB of memory and were stopped; simplify them"):
        print_foreign(_folder(tmp_path, GREEDY["a text doubled"]), CHECKOUT, ORDER)


FOLDERS = dict(attacks.folders())


@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_no_template_is_refused_before_it_is_used(name: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path, "")
    FOLDERS[name](folder)
    begun = time.monotonic()

    with pytest.raises(ForeignError) as refused:
        foreign_folder.read(folder)

    assert time.monotonic() - begun < 5
    assert str(refused.value).isprintable()


def test_a_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(_folder(tmp_path, "x"))

    assert list(foreign_folder.read(tmp_path / "link")) == ["templates/proof-sheet/document.html.j2"]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ForeignError, match="contains neither a folder `templates`"):
        foreign_folder.read(tmp_path)


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _folder(tmp_path, "x" * 1000)
    [path] = [path for path in folder.rglob("*") if path.is_file()]
    read = os.read

    def changing(opened: int, size: int) -> bytes:
        path.write_text("y" * 2000)
        return read(opened, size)

    monkeypatch.setattr(os, "read", changing)
    with pytest.raises(ForeignError, match="changed while it was being read"):
        foreign_folder.read(folder)


def test_a_folder_that_becomes_a_link_while_it_is_read_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, elsewhere = _folder(tmp_path, "x"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "document.html.j2").write_text(attacks.HIDDEN)
    place, listed = folder / "templates" / "proof-sheet", os.scandir

    def swapping(opened: int) -> Iterator[os.DirEntry[str]]:
        entries = list(listed(opened))
        if [entry.name for entry in entries] == ["document.html.j2"] and not place.is_symlink():
            place.rename(folder / "moved")
            place.symlink_to(elsewhere)
        return _Entries(entries)  # type: ignore[return-value]

    monkeypatch.setattr(os, "scandir", swapping)

    assert attacks.HIDDEN.encode() not in b"".join(foreign_folder.read(folder).values())
    assert place.is_symlink()


class _Entries(list[os.DirEntry[str]]):
    def __enter__(self) -> _Entries:
        return self

    def __exit__(self, *_: object) -> None:
        return None


CONTENTS = dict(attacks.contents())


@pytest.mark.parametrize("name", list(CONTENTS) if SOAK else list(CONTENTS)[::3])
def test_a_hostile_manifest_or_catalog_costs_only_its_process(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 10)
    folder = _folder(tmp_path, "{{ both('Full name') }}")
    CONTENTS[name](folder)

    made = _printed(folder)

    assert made.code in {0, 1, 3}
    assert made.code == 0 or (made.told and not made.files)
    assert "Traceback" not in made.told
    assert sandbox.visible(made.told) == made.told


@pytest.mark.parametrize("without", ["nothing", "events", "kernel"])
def test_the_process_is_held_by_the_kernel_and_by_the_list_of_events_each_by_itself(without: str, tmp_path: Path) -> None:
    if without == "events" and not kernel.landlock():
        pytest.skip("this kernel has no Landlock")
    (tmp_path / "readable").mkdir()
    (tmp_path / "readable" / "file").write_text("x")
    (tmp_path / "hidden").write_text(attacks.HIDDEN)
    before = _snapshot(tmp_path)
    command = [sys.executable, str(CHECKOUT / "tests" / "support" / "confined.py"), str(tmp_path), without]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert done.stdout == "30 []\n", done.stderr
    assert _snapshot(tmp_path) == before


def _frame(name: object, paper: bytes = b"%PDF-1.7 x", manifest: bytes | None = None) -> bytes:
    return framed(name, paper, _manifest(paper) if manifest is None else manifest)  # type: ignore[arg-type] # that is meant


def _manifest(paper: bytes, reference: str = "SF-9NSZ-62EH") -> bytes:
    return json.dumps({"sha256": hashlib.sha256(paper).hexdigest(), "reference": reference}).encode()


GOOD = _frame(f"{STEM}.pdf")
ANSWERS = {
    **{
        f"a paper called {name!r}": _frame(name)
        for name in (
            ".bashrc",
            "",
            "case.yaml",
            "../x.pdf",
            f"../{STEM}.pdf",
            f"./{STEM}.pdf",
            f"/etc/{STEM}.pdf",
            f"{STEM}.pdf.manifest.json",
            f"{STEM}.html",
            f"{STEM}.PDF",
            f"{STEM}-2.pdf",
            f"{STEM}.pdf\n",
            f"{STEM}.pdf\0",
            STEM.replace("proof-sheet", "refund-request") + ".pdf",
            STEM.replace("SF-9NSZ", "SF-0000") + ".pdf",
            STEM.replace("zh-Hans", "xx") + ".pdf",
        )
    },
    "a name that is none": _frame(1),
    "a list of names": _frame([f"{STEM}.pdf"]),
    "one name twice": GOOD * 2,
    "another kind of file": _frame(f"{STEM}.pdf", b"#!/bin/sh"),
    "no manifest": _frame(f"{STEM}.pdf", manifest=b"{}"),
    "the manifest of another": _frame(f"{STEM}.pdf", manifest=_manifest(b"another")),
    "a manifest with another reference": _frame(f"{STEM}.pdf", manifest=_manifest(b"%PDF-1.7 x", "SF-0000-62EH")),
    "a manifest with the beginning of a reference": _frame(f"{STEM}.pdf", manifest=_manifest(b"%PDF-1.7 x", "SF-9NSZ")),
    "a manifest of a line of another case": _frame(
        f"{STEM}.pdf", manifest=_manifest(b"%PDF-1.7 x").replace(b"{", b'{"lines_of": "SF-9NSZ", ', 1)
    ),
    "a manifest that is none": _frame(f"{STEM}.pdf", manifest=b"["),
    "a manifest in depth": _frame(f"{STEM}.pdf", manifest=b"[" * 60000),
    "a manifest that is too large": _frame(f"{STEM}.pdf", manifest=b" " * 70000 + _manifest(b"%PDF-1.7 x")),
    "less than it says": GOOD[:-1],
    "more than it says": GOOD + b"x",
    "sizes that are none": b'["x.pdf", -1, 5]\nxxxxxx',
    "sizes that are true": b'["x.pdf", true, true]\nxx',
    "a head in depth": b"[" * 100000 + b"\n",
    "no head": b"\x00" * 1000,
    "many papers": b"".join(_frame(f"{number}.pdf") for number in range(600)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_process_that_broke_out_gets_no_file_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answer").write_bytes(ANSWERS[name])
    _answers(monkeypatch, f"sys.stdout.buffer.write(open({str(tmp_path / 'answer')!r}, 'rb').read())")

    with pytest.raises(ForeignError, match="tried something that is not allowed, and nothing was printed"):
        print_foreign(_folder(tmp_path, ""), CHECKOUT, ORDER)


def test_the_answer_that_is_right_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answer").write_bytes(GOOD)
    _answers(monkeypatch, f"sys.stdout.buffer.write(open({str(tmp_path / 'answer')!r}, 'rb').read())")

    assert list(print_foreign(_folder(tmp_path, ""), CHECKOUT, ORDER).files) == [f"{STEM}.pdf"]


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("while True: sys.stdout.write('x' * 10**6)", "larger than 10 MB, so they were stopped; print fewer papers"),
        ("while True: sys.stderr.write('x' * 10**6)", "larger than 10 MB, so they were stopped; print fewer papers"),
        ("os.kill(os.getpid(), 11)", "failed (SIGSEGV)"),
        ("os.kill(os.getpid(), 9)", "more than 2048 MB of memory"),
        ("os._exit(99)", "failed (99)"),
        ("sys.stdout.close(); time.sleep(60)", "took longer than 3 seconds"),
        ("os.close(0); time.sleep(60)", "took longer than 3 seconds"),
    ],
)
def test_whatever_the_process_does_one_sentence_is_told(
    does: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answers(monkeypatch, does, seconds=3 if "3 seconds" in told else 120)
    monkeypatch.setattr(sandbox, "MOST_BYTES", 10 * sandbox.MEGABYTE)

    with pytest.raises(ForeignError) as stopped:
        print_foreign(_folder(tmp_path, ""), CHECKOUT, ORDER)

    assert told in str(stopped.value)


def test_what_the_process_says_does_nothing_to_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, "sys.stderr.write('a\\x1b[2J\\x9b1m\\u202eb\\n'); os._exit(3) if sys.stderr.flush() else sys.exit(3)")

    assert print_foreign(_folder(tmp_path, ""), CHECKOUT, ORDER).told == "aU+001B[2JU+009B1mU+202Eb\n"


def _answers(monkeypatch: pytest.MonkeyPatch, script: str, seconds: int = 120) -> None:
    """Put a process that does this in the place of ours."""
    monkeypatch.setattr(sandbox, "SECONDS", seconds)
    whole = f"import os, sys, time\n{script}"
    monkeypatch.setattr(processes, "python", lambda _: [sys.executable, "-I", "-X", "utf8", "-c", whole])


def test_text_holds_no_control_character_of_a_template(tmp_path: Path) -> None:
    made = _printed(_folder(tmp_path, "<p>a\x1b]0;x\x07b</p>"), dataclasses.replace(ORDER, form=OutputFormat("text")))

    assert not made.files
    assert made.code == 3


def test_papers_are_written_where_they_belong_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "simforms", "render", str(CASE), "-d", "proof-sheet", "-o", "out"]
    done = subprocess.run(
        [*command, "--content", str(_folder(tmp_path, "x"))],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, f"out/{STEM}.pdf\n"), done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{STEM}.pdf", f"{STEM}.pdf.manifest.json"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {0o600}
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_that_a_killed_command_left_is_removed_and_only_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old = time.time() - 2 * 24 * 60 * 60
    for name in ("simforms-left", "simforms-young", "simforms-mine", "other"):
        (tmp_path / name).mkdir()
        if name != "simforms-mine":
            (tmp_path / name / ".simforms-workplace").touch()
            if name != "simforms-young":
                os.utime(tmp_path / name / ".simforms-workplace", (old, old))
    (tmp_path / "simforms-link").symlink_to(tmp_path / "other")

    with workplace() as place:
        assert place.stat().st_mode & 0o777 == 0o700

    assert {path.name for path in tmp_path.iterdir()} == {"simforms-young", "simforms-mine", "simforms-link", "other"}


def test_a_folder_may_add_a_language_and_a_document(tmp_path: Path) -> None:
    catalog = tmp_path / "mine" / "locales" / "yue_Hant" / "LC_MESSAGES"
    catalog.mkdir(parents=True)
    own = (CHECKOUT / "locales" / "zh_Hant" / "LC_MESSAGES" / "simforms.po").read_text(encoding="utf-8")
    (catalog / "simforms.po").write_text(own.replace("# 繁體中文", "# 廣東話"), encoding="utf-8")
    added = tmp_path / "mine" / "templates" / "my-sheet"
    added.mkdir(parents=True)
    manifest = 'title = "Record of what was done"\npurpose = "x"\nneeds = ["carrier"]\nuses = ["person.name"]\n'
    (added / "document.toml").write_text(manifest)
    (added / "document.html.j2").write_text(attacks.page("{{ person.name }}"))
    order = Order(cases=(str(CASE),), documents=("proof-sheet", "my-sheet"), language="yue-Hant")

    made = _printed(tmp_path / "mine", order)

    assert made.code == 0, made.told
    assert list(made.files) == [STEM.replace("zh-Hans", "yue-Hant") + ".pdf", "SF-9NSZ-62EH-my-sheet-yue-Hant.pdf"]
