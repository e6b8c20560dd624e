"""A file of content or data with a wrong type, key or name is an error that says where it is and what to write instead."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHECKOUT

from simforms.errors import ContentError
from simforms.knowledge import carriers, rules, stages, wrong_numbers
from simforms.knowledge.documents import documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.planning import account_abroad as accounts
from simforms.planning import aims, steps, words

MANIFEST = "templates/call-log/document.toml"
FIELDS = "templates/fields.toml"
GOOD_MANIFEST = 'title = "Price"\npurpose = "Price"\nneeds = []\nuses = []\n'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Copy the content, to change it."""
    shutil.copytree(CHECKOUT / "templates", tmp_path / "content" / "templates")
    return tmp_path / "content"


def _told(read: Callable[[], object], path: Path) -> list[str]:
    """Return the problems of a file, without its name, which each must begin with."""
    with pytest.raises(ContentError) as caught:
        read()
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines), lines
    return [line.removeprefix(f"{path}: ") for line in lines]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('routes = "shop"\n', 'routes: this is a text; write ["shop"]'),
        ("routes = [1]\n", 'routes[0]: this is a number; write a text: "…"'),
        ('order = "5"\n', "order: this is a text; write a whole number, as in 4"),
        ("order = true\n", "order: this is true or false; write a whole number, as in 4"),
        ("certified = 1\n", "certified: this is a number; write true or false"),
        ("pages = 1.5\n", "pages: this is a float; write a whole number, as in 4"),
        ('fits = ["dispute.item"]\n', "fits: this is a list; write a table, as in { key = … }"),
        ('fits = { "dispute.item" = "fee" }\n', 'fits.dispute.item: this is a text; write ["fee"]'),
        ('sheets = ["Keep it."]\n', "sheets[0]: this is a text; write a table, as in { key = … }"),
        ("sheets = [{ todo = 1 }]\n", 'sheets[0].todo: this is a number; write a text: "…"'),
        ('sheets = [{ label = "x" }]\n', 'sheets[0].todo is missing; write a text: "…"'),
        ('sheets = [{ todo = "x", lable = "x" }]\n', "sheets[0]: there is no key lable here; do you mean label?"),
        ('rotues = ["shop"]\n', "there is no key rotues here; do you mean routes?"),
        ('name = "other"\n', "there is no key name here; "),
        ('routes = ["shpo"]\n', "routes: there is no channel shpo; do you mean shop?"),
        ('occasions = ["folow-up"]\n', "occasions: there is no occasion folow-up; do you mean follow-up?"),
        ('occasions = ["losst"]\n', "occasions: there is no occasion losst; do you mean lost?"),
        ('blank = ["person.nane"]\n', "blank: there is no field person.nane; do you mean person.name?"),
        ('fits = { "dispute" = [] }\n', "fits: there is no field dispute; "),
        ('fits = { "line.card" = ["simm"] }\n', "fits.line.card: there is no choice simm; do you mean sim?"),
        ('serves = "end-line"\n', 'serves: this is a text; write ["end-line"]'),
        ('[serves]\naims = ["end-line"]\n', "serves: this is a table; write a list"),
        ('serves = [{ aims = "end-line" }]\n', 'serves[0].aims: this is a text; write ["end-line"]'),
        ('serves = [{ aim = ["end-line"] }]\n', "serves[0]: there is no key aim here; do you mean aims?"),
        ('serves = [{ aims = ["end-lin"] }]\n', "serves[0].aims: there is no aim end-lin; do you mean end-line?"),
        ('serves = [{ states = ["opne"] }]\n', "serves[0].states[0]: 'opne' is not one of the choices; write one of open"),
        ('serves = [{ channels = ["shpo"] }]\n', "serves[0].channels: there is no channel shpo; do you mean shop?"),
        ('serves = [{ by = ["famly"] }]\n', "serves[0].by: there is no person famly; do you mean family?"),
        ('serves = [{ asked = { "dispute" = [] } }]\n', "serves[0].asked: there is no field dispute; "),
        (
            'serves = [{ asked = { "line.card" = ["simm"] } }]\n',
            "serves[0].asked.line.card: there is no choice simm; do you mean sim?",
        ),
        ('serves = [{ only = { bakc = ["yes"] } }]\n', "serves[0].only: there is no trait bakc; do you mean back?"),
        ('serves = [{ only = { back = ["yse"] } }]\n', "serves[0].only.back: there is no value yse; do you mean yes?"),
        (
            'serves = [{ only = { stage = ["folow-up"] } }]\n',
            "serves[0].only.stage: there is no value folow-up; do you mean follow-up?",
        ),
    ],
)
def test_a_manifest_is_checked(content: Path, text: str, told: str) -> None:
    (content / MANIFEST).write_text(GOOD_MANIFEST + text)

    [problem] = _told(lambda: documents(content), content / MANIFEST)

    assert problem.startswith(told)


def test_all_problems_of_a_manifest_are_told_at_once(content: Path) -> None:
    path = content / MANIFEST
    path.write_text('title = 1\npurpose = "Price"\nneeds = "line"\nroutes = "shop"\npges = 1\n')
    types = _told(lambda: documents(content), path)
    path.write_text(GOOD_MANIFEST + 'routes = ["x"]\noccasions = ["y"]\nblank = ["z"]\n')
    names = _told(lambda: documents(content), path)

    assert [problem.partition(" ")[0] for problem in types] == ["there", "uses", "title:", "needs:", "routes:"]
    assert [problem.partition(" ")[0] for problem in names] == ["blank:", "routes:", "occasions:"]


FIELD = '\n["a.b"]\ntype = "choice"\nlabel = "Price"\nhelp = "Price"\nexample = "y"\nchoices.y.label = "Price"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('choices.y.needs = "carrier"\n', 'a.b.choices.y.needs: this is a text; write ["carrier"]'),
        ("private = 1\n", "a.b.private: this is a number; write true or false"),
        ('figures = "all"\n', "a.b.figures: 'all' is not one of the choices; write one of any"),
        ("choices.x = 1\n", "a.b.choices.x: this is a number; write a table"),
        ("choices.x = {}\n", "a.b.choices.x.label is missing"),
        ('choices.x = { label = "x", word = [] }\n', "a.b.choices.x: there is no key word here; do you mean words?"),
        ('choices.y.stage = "requst"\n', "a.b.choices.y.stage: there is no stage requst; do you mean request?"),
        ('choices.y.ends = ["x"]\n', "a.b.choices.y.ends: there is no choice x; "),
        ('choices_of = "line.crad"\n', "a.b.choices_of: there is no field line.crad; do you mean line.card?"),
        ('default = "x"\n', "a.b: the default is not one of the choices"),
    ],
)
def test_a_field_is_checked(content: Path, text: str, told: str) -> None:
    path = content / FIELDS
    path.write_text(path.read_text() + FIELD + text)

    [problem] = _told(lambda: vocabulary(content), path)

    assert problem.startswith(told)


def test_a_word_to_look_for_is_checked(content: Path) -> None:
    path = content / "templates" / "words.toml"
    entry = '[[word]]\nja = "解約"\nkana = "かいやく"\nmeaning = "x"\n'
    told = []
    for text in ('for = "shop"\n', 'for = ["shpo"]\n', ""):
        path.write_text(entry + text)
        told += _told(lambda: words._all(content), path)

    assert told == [
        'word[0].for: this is a text; write ["shop"]',
        "word[0].for: there is no channel shpo; do you mean shop?",
        'word[0].for is missing; write a list, as in ["…"]',
    ]


AIM = '[[aim]]\nname = "x"\ntitle = "x"\nask = "x"\ndesks = []\n'
STEP = '[[step]]\naims = []\ntodo = "x"\n'
STAGE = '[[stage]]\nname = "x"\ntitle = "x"\nsource = ""\n'
COUNTRY = '[CN]\nsource = ""\nkind = ""\n'


@pytest.mark.parametrize(
    ("module", "read", "file", "text", "told"),
    [
        (
            stages,
            stages.stages,
            "stages.toml",
            STAGE + 'after = "request"\nbusiness_days = "10"\n',
            "stage[0].business_days: this is",
        ),
        (stages, stages.stages, "stages.toml", STAGE + 'after = "x"\nbusiness_days = 1\n', "stage[0].after: there is no earlier"),
        (stages, stages.stages, "stages.toml", "stage = 1\n", "stage: this is a number; write a list"),
        (stages, stages.stages, "stages.toml", "[[stages]]\n", "there is no key stages here; do you mean stage?"),
        (aims, aims.aims, "aims.toml", AIM + 'excludes = "x"\n', "aim[0].excludes: this is a text; write"),
        (aims, aims.aims, "aims.toml", AIM + 'excludes = ["y"]\n', "x.excludes: there is no aim y; write one of x"),
        (aims, aims.aims, "aims.toml", AIM + 'replace = "x"\n', "aim[0]: there is no key replace here; do you mean replaces?"),
        (
            steps,
            steps._written,
            "steps.toml",
            STEP + 'when = "befor"\n',
            "step[0].when: there is no when befor; do you mean before?",
        ),
        (steps, steps._written, "steps.toml", STEP + 'when = "at"\nrule = "x"\n', "step[0].rule: there is no rule x; "),
        (accounts, accounts.countries, "accounts-abroad.toml", 'CN = "x"\n', "CN: this is a text; write a table"),
        (
            accounts,
            accounts.countries,
            "accounts-abroad.toml",
            COUNTRY + "figures = 12\n",
            "CN.figures: this is a number; write a",
        ),
        (accounts, accounts.countries, "accounts-abroad.toml", COUNTRY + "figures = [12]\n", "CN: label and figures belong"),
        (
            accounts,
            accounts.countries,
            "accounts-abroad.toml",
            '[CN]\nsource = ""\nkind = "offical"\n',
            "CN.kind: 'offical' is not",
        ),
        (
            wrong_numbers,
            wrong_numbers._wrong,
            "wrong-numbers.toml",
            "[[number]]\nsha256 = 1\nwhy = 'x'\n",
            "number[0].sha256: this is a",
        ),
        (
            wrong_numbers,
            wrong_numbers._wrong,
            "wrong-numbers.toml",
            "[[number]]\nsha256 = 'ab'\nwhy = 'x'\n",
            "number[0].sha256: this is no",
        ),
    ],
)
def test_data_of_the_package_are_checked(
    module: object, read: Callable[[], object], file: str, text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / file).write_text(text)
    monkeypatch.setattr(module, "data", tmp_path.joinpath)
    unkept = getattr(read, "__wrapped__")  # noqa: B009 - mypy does not know that a cached function has it

    assert _told(unkept, tmp_path / file)[0].startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("names: Test\n", "x.yaml:1: names: the Japanese name (ja) is missing"),
        ("names: {ja: {full: Test}}\n", "x.yaml:1: names.ja: one name belongs here"),
        ("names: {ja: Test}\naliases: [a, b]\n", "x.yaml:2: aliases: one value belongs here"),
        ("names: {ja: Test}\nkinds: {a: b}\n", "x.yaml:2: kinds: one value belongs here"),
        ("- Test\n", "x.yaml:1: "),
        ("Test\n", "x.yaml:1: "),
        ("names: [\n", "x.yaml:2: "),
    ],
)
def test_a_record_of_a_carrier_is_checked(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text)

    with pytest.raises(ContentError, match=r"x\.yaml") as caught:
        carriers.carriers(tmp_path)

    assert told in str(caught.value)


def test_a_list_of_rules_is_no_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "data", tmp_path.joinpath)
    (tmp_path / "rules.yaml").write_text("first-days: [a]\n")

    with pytest.raises(ContentError, match=r"rules\.yaml:1: there is no key 1 here"):
        rules.rules.__wrapped__()
