"""A question or a field that is added to a file of templates is asked by itself: no line of Python."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import CHECKOUT, TODAY

from simforms.errors import ContentError
from simforms.interview.interpret import taken
from simforms.interview.questions import Known, next_question, offered, planned
from simforms.knowledge.question_file import PAPERS, settling_questions

SAID = {"language": "en", "carrier": "softbank"}
HOW = """
[how]
label = "Price"
help = "Price"
asked = "ASKED"

[[how.answer]]
label = "Price"
sets = { "line.contract" = "app" }
asks = ["line.card"]
usual = true

[[how.answer]]
label = "Sources"
"""
"""Its texts are borrowed from others, so that they are translated."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Copy the content, to change it."""
    for name in ("templates", "locales"):
        shutil.copytree(CHECKOUT / name, tmp_path / "content" / name)
    return tmp_path / "content"


def _add(content: Path, file: str, text: str) -> Path:
    path = content / "templates" / file
    path.write_text(path.read_text() + text)
    return path


def _asked(content: Path, known: Known, answers: Mapping[str, str] = MappingProxyType({})) -> tuple[list[str], Known]:
    """Answer everything with its example or its first option; return the names of the questions, and what is known then."""
    names = []
    while question := next_question(content, TODAY, known):
        typed = answers.get(question.name) or question.example or ("" if question.name == PAPERS or question.default else "1")
        found = taken(content, TODAY, known, question, typed, "en")
        assert found.settled, (question.name, typed)
        names.append(question.name)
        known = found.known
    return names, known


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [("first", "matter", "where"), ("ending", "where", "cancellation.channel"), ("paper", PAPERS, "line.number")],
)
def test_an_added_question_is_asked_at_its_place_and_its_answer_counts(
    asked: str, before: str, after: str, content: Path
) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", asked))

    names, known = _asked(content, Known(SAID), {"cancellation.channel": "shop"})

    place = names.index("how")
    assert names.count("how") == 1
    assert names.index(before) < place < names.index(after)
    assert names[place + 1] == "line.card"
    assert known.given["line.contract"] == "app"


def test_an_added_question_is_asked_in_the_order_of_the_file(content: Path) -> None:
    path = content / "templates" / "questions.toml"
    path.write_text(HOW.replace("ASKED", "first") + path.read_text())

    assert _asked(content, Known(SAID))[0][:3] == ["how", "line.card", "matter"]


@pytest.mark.parametrize(
    ("asked", "known", "is_asked"),
    [
        ("first", Known({**SAID, "line.contract": "app"}), False),
        ("ending", Known({**SAID, "person.place": "japan", "cancellation.kind": "ordinary"}), True),
        ("ending", Known({**SAID, "refund.ground": "deposit", "person.place": "japan"}), False),
        ("paper", Known(SAID, wanted=("case-summary",)), True),
        ("paper", Known(SAID, wanted=("final-bill",)), False),
        ("paper", Known({**SAID, "line.card": "esim"}, wanted=("case-summary",)), False),
        ("first", Known(SAID, wanted=("case-summary",)), False),
    ],
)
def test_a_question_that_changes_nothing_is_not_asked(asked: str, known: Known, is_asked: bool, content: Path) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", asked))

    assert ("how" in _asked(content, known)[0]) == is_asked


def test_a_question_may_be_settled_by_other_fields(content: Path) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", 'first"\nsettled_by = ["line"]\n#'))

    assert "how" in _asked(content, Known(SAID))[0]
    assert "how" not in _asked(content, Known({**SAID, "line.number": "070-1234-5678"}))[0]


FIELD = '\n["person.title"]\ntype = "text"\nlabel = "Price"\nhelp = "Price"\nexample = "Dr"\n'


def test_an_added_field_is_asked_where_a_paper_needs_it_and_offered_where_one_uses_it(content: Path) -> None:
    _add(content, "fields.toml", FIELD)
    known = Known({**SAID, "line.number": "070-1234-5678"}, wanted=("counter-card",))
    manifest = content / "templates" / "counter-card" / "document.toml"
    text = manifest.read_text()

    manifest.write_text(text.replace('needs = ["line.number"]', 'needs = ["line.number", "person.title"]'))
    assert _asked(content, known)[0] == ["person.title"]

    manifest.write_text(text.replace('uses = ["carrier"', 'uses = ["person.title", "carrier"'))
    other = content.rename(content.with_name("other"))  # what was read of a folder is kept
    assert _asked(other, known)[0] == []
    assert "person.title" in [one.name for one in offered(other, known, planned(other, TODAY, known))]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('asked = "ASKED"', "", 'how.asked is missing; write a text: "…"'),
        ("ASKED", "allways", "how.asked: 'allways' is not one of the choices; write one of first, ending, paper"),
        ('asks = ["line.card"]', 'asks = "line.card"', 'how.answer[0].asks: this is a text; write ["line.card"]'),
        ('"line.card"', '"line.crad"', "how.answer[0].asks: there is no field line.crad; do you mean line.card?"),
        ('"line.contract"', '"line.contrct"', "how.answer[0].sets: there is no field line.contrct; do you mean line.contract?"),
        ('"app"', '"ap"', "how.answer[0].sets.line.contract: “ap” is not one of the choices; write app; the choices are"),
        ('"app"', "1", 'how.answer[0].sets.line.contract: this is a number; write a text: "…"'),
        ("usual", "usally", "how.answer[0]: there is no key usally here; do you mean usual?"),
        ('label = "Sources"', "usual = true", "how.answer[1]: an answer has a label or a document; write one of the two"),
        ('label = "Sources"', 'document = "refundrequest"', "how.answer[1].document: there is no document refundrequest; do you"),
        ('label = "Sources"', 'document = "call-log"', "how.answer[1].document: call-log fits no field; write"),
        ('label = "Sources"', 'label = "Sources"\nusual = true', "how.answer: several are usual; leave"),
        ("[how", "[carrier", "carrier: this is the name of a field or of another question; write another name"),
        ("[how", "[papers", "papers: this is the name of a field or of another question; write another name"),
        ('asked = "ASKED"', 'asked = "first"\nsettled_by = ["lin"]', "how.settled_by: there is no field lin; do you mean line?"),
    ],
)
def test_a_broken_question_is_an_error(old: str, new: str, told: str, content: Path) -> None:
    path = _add(content, "questions.toml", HOW.replace(old, new).replace("ASKED", "first"))

    with pytest.raises(ContentError) as caught:
        settling_questions(content)

    assert f"{path}: {told}" in str(caught.value)
