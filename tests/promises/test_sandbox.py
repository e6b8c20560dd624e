"""Templates of somebody else read nothing, reach nothing, start nothing, and end: each attack is refused or killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CHECKOUT

from simforms.cli import sandbox as foreign
from simforms.pdf import native

CASE = CHECKOUT / "samples" / "no-answer" / "case.yaml"
HIDDEN = "what-only-this-machine-knows"

ATTACKS = {
    "class-walk": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class-walk-by-attr": "{{ ''|attr('__class__') }}",
    "class-walk-by-item": "{{ ''['__class__'] }}",
    "format": "{{ '{0.__class__.__init__.__globals__}'.format(plan) }}",
    "format-map": "{{ '{x.__class__}'.format_map({'x': plan}) }}",
    "stored-format": "{% set f = '{0.__class__}'.format %}{{ f(plan) }}",
    "globals-of-a-function": "{{ both.__func__.__globals__ }}",
    "globals-of-init": "{{ cite.__init__.__globals__ }}",
    "code-of-a-function": "{{ both.__code__.co_consts }}",
    "generator-frame": "{{ (plan.carrier.facts()).gi_frame.f_globals }}",
    "self": "{{ self.__init__.__globals__ }}",
    "self-environment": "{{ self._TemplateReference__context.environment }}",
    "dict-update": "{{ fields.fields.update({'a': 1}) }}",
    "list-append": "{% set l = [] %}{{ l.append(1) }}",
    "import-os": "{% import 'os' as os %}",
    "builtin-open": "{{ open('/etc/hostname').read() }}",
    "builtin-import": "{{ __import__('os').system('id') }}",
    "include-up": "{% include '../../../../etc/hostname' %}",
    "include-absolute": "{% include '/etc/hostname' %}",
    "source-of-a-file": "{{ '../../../../etc/hostname' | source }}",
    "path-read": "{{ plan.content.joinpath('/etc/hostname').read_text() }}",
    "path-read-secret": "{{ plan.content.joinpath('%(secret)s').read_text() }}",
    "path-list": "{{ plan.content.joinpath('/etc').iterdir() | list }}",
    "path-write": "{{ plan.content.joinpath('%(target)s').write_text('x') }}",
    "path-unlink": "{{ plan.content.joinpath('%(secret)s').unlink() }}",
    "path-rename": "{{ plan.content.joinpath('%(secret)s').rename('%(target)s') }}",
    "path-link": "{{ plan.content.joinpath('x').symlink_to('/etc/hostname') }}{{ plan.content.joinpath('x').read_text() }}",
    "path-chmod": "{{ plan.content.joinpath('%(secret)s').chmod(511) }}",
    "huge-range": "{% for i in range(10**9) %}x{% endfor %}",
    "nested-loops": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "huge-string": "{{ 'A' * 10**10 }}",
    "huge-centre": "{{ 'a' | center(10**10) }}",
    "huge-number": "{{ 9 ** (9 ** 9) }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "include-itself": "{% include 'proof-sheet/document.html.j2' %}",
    "lipsum": "{{ lipsum(n=100000) }}",
    "undefined": "{{ no_such_thing.x }}",
    "nested-tables": "<table>" + "<tr><td><table>" * 300,
}
FETCHES = {
    "img": '<img src="%s" alt="x">',
    "img-relative": '<img src="../../../../etc/hostname" alt="x">',
    "stylesheet": '<link rel="stylesheet" href="%s">',
    "import": '<style>@import "%s";</style>',
    "font-face": '<style>@font-face { font-family: x; src: url("%s") } p { font-family: x }</style><p>x',
    "background": '<p style="background: url(%s)">x',
    "content": "<style>p::before { content: url('%s') }</style><p>x",
    "list-image": "<ul style=\"list-style-image: url('%s')\"><li>x</ul>",
    "page-background": "<style>@page { background: url('%s') }</style>",
    "svg-image": '<svg><image href="%s"/></svg>',
    "object": '<object data="%s" type="image/png">x</object>',
    "attachment": '<link rel="attachment" href="%s">',
}


def _folder(tmp_path: Path, body: str) -> Path:
    place = tmp_path / "mine" / "templates" / "proof-sheet"
    place.mkdir(parents=True)
    page = '{% extends "shared/page.html.j2" %}{% block body %}<h1>{{ title }}</h1>' + body + "{% endblock %}"
    (place / "document.html.j2").write_text(page, encoding="utf-8")
    return tmp_path / "mine"


def _render(folder: Path, capfd: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str], str]:
    """Return the exit code, the kinds of files made, and what was told."""
    try:
        with foreign.print_foreign(folder, CHECKOUT, [str(CASE), "-d", "proof-sheet", *more]) as (code, files):
            return code, [path.suffix for path in files], capfd.readouterr().err
    except foreign.ForeignError as error:
        return error.exit_code, [], f"{error}{capfd.readouterr().err}"


def test_a_folder_of_templates_prints(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, files, told = _render(_folder(tmp_path, "<p>{{ person.name }} 自分の様式</p>"), capfd)

    assert (code, files) == (0, [".pdf", ".json"]), told


def test_a_paper_of_other_templates_names_what_drew_it(tmp_path: Path) -> None:
    with foreign.print_foreign(_folder(tmp_path, ""), CHECKOUT, [str(CASE), "-d", "proof-sheet"]) as (_, files):
        assert json.loads(files[-1].read_bytes())["made_with"]["pango"] == native.pango_version()


def test_a_template_reads_nothing_whose_name_begins_like_the_case(tmp_path: Path) -> None:
    case, hidden = tmp_path / "case.yaml", tmp_path / "case.yaml.old"
    case.write_bytes(CASE.read_bytes())
    hidden.write_text(HIDDEN)
    folder = _folder(tmp_path, "{{ plan.content.joinpath('%(secret)s').read_text() }}".replace("%(secret)s", str(hidden)))

    with foreign.print_foreign(folder, CHECKOUT, [str(case), "-d", "proof-sheet"]) as (code, files):
        assert (code, files) == (3, [])


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_by_a_template_is_refused_or_killed(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "SECONDS", 4)
    hidden, target = tmp_path / "hidden", tmp_path / "target"
    hidden.write_text(HIDDEN)
    mode = hidden.stat().st_mode
    body = ATTACKS[name].replace("%(secret)s", str(hidden)).replace("%(target)s", str(target))

    begun = time.monotonic()
    code, files, told = _render(_folder(tmp_path, body), capfd)

    assert code in {1, 2, 3}
    assert not files
    assert time.monotonic() - begun < 30
    assert told.strip()
    assert "Traceback" not in told
    assert HIDDEN not in told
    assert hidden.read_text() == HIDDEN
    assert hidden.stat().st_mode == mode
    assert not target.exists()


@pytest.mark.parametrize("name", FETCHES)
def test_a_template_fetches_nothing(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    hidden = tmp_path / "hidden.png"
    hidden.write_text(HIDDEN)

    code, files, told = _render(_folder(tmp_path, FETCHES[name].replace("%s", f"file://{hidden}")), capfd)

    assert (code, files) == (3, [])
    assert "wanted to fetch something" in told or "would not look as meant" in told


def test_a_template_that_never_ends_is_stopped_at_its_time(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foreign, "SECONDS", 3)
    begun = time.monotonic()

    _, _, told = _render(_folder(tmp_path, ATTACKS["nested-loops"]), capfd)

    assert "took longer than 3 seconds and were stopped" in told
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: (folder / "templates" / "x.html.j2").symlink_to("/etc/hostname"), "a link or a special file"),
        (lambda folder: (folder / "templates" / "x.py").write_text("x"), "only .css, .j2, .po, .toml belong there"),
        (lambda folder: (folder / "templates" / "x.css").write_text("x" * (foreign.LARGEST_FILE + 1)), "larger than"),
        (
            lambda folder: [(folder / "templates" / f"{n}.css").touch() for n in range(foreign.MOST_FILES + 1)],
            "more than 500 files",
        ),
        (lambda folder: (folder / "templates").rmdir(), "holds no folder `templates`"),
    ],
    ids=["link", "python", "large", "many", "empty"],
)
def test_what_is_no_template_is_refused(make: object, told: str, tmp_path: Path) -> None:
    (tmp_path / "mine" / "templates").mkdir(parents=True)
    make(tmp_path / "mine")  # type: ignore[operator] # each makes its fault

    with pytest.raises(foreign.ForeignError, match=told), foreign.print_foreign(tmp_path / "mine", CHECKOUT, []):
        pass


def test_a_folder_may_add_a_language_and_a_document(tmp_path: Path) -> None:
    catalog = tmp_path / "mine" / "locales" / "yue_Hant" / "LC_MESSAGES"
    catalog.mkdir(parents=True)
    own = (CHECKOUT / "locales" / "zh_Hant" / "LC_MESSAGES" / "simforms.po").read_text(encoding="utf-8")
    (catalog / "simforms.po").write_text(own.replace("# 繁體中文", "# 廣東話"), encoding="utf-8")

    command = [sys.executable, "-m", "simforms", "render", str(CASE), "-d", "proof-sheet", "-l", "yue-Hant"]
    result = subprocess.run(
        [*command, "--content", str(tmp_path / "mine"), "-o", str(tmp_path / "out")], check=False, capture_output=True, text=True
    )

    assert result.returncode == 0, result.stderr
    assert "yue-Hant.pdf" in result.stdout
