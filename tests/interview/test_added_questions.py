"""A question or a field that is added to a file of templates is asked by itself: no line of Python."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from conftest import CHECKOUT, TODAY

from simforms.errors import ContentError
from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.interpret import interpret
from simforms.interview.next_question import next_question
from simforms.interview.plan_questions import optional_questions
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


def _asked(content: Path, answers: Answers, typed: Mapping[str, str] = MappingProxyType({})) -> tuple[list[str], Answers]:
    """Answer everything with its example or its first option; return the names of the questions, and the answers then."""
    names, drafts = [], Drafts(content, TODAY)
    while question := next_question(drafts, answers):
        text = typed.get(question.name) or question.example or ("" if question.name == PAPERS or question.default else "1")
        found = interpret(drafts, answers, question, text, "en")
        assert found.accepted, (question.name, text)
        names.append(question.name)
        answers = found.answers
    return names, answers


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [("first", "matter", "where"), ("by-place", "where", "cancellation.channel"), ("paper", PAPERS, "line.number")],
)
def test_an_added_question_is_asked_at_its_place_and_its_answer_counts(
    asked: str, before: str, after: str, content: Path
) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", asked))

    names, answers = _asked(content, Answers(SAID), {"cancellation.channel": "shop"})

    place = names.index("how")
    assert names.count("how") == 1
    assert names.index(before) < place < names.index(after)
    assert names[place + 1] == "line.card"
    assert answers.texts["line.contract"] == "app"


def test_an_added_question_is_asked_in_the_order_of_the_file(content: Path) -> None:
    path = content / "templates" / "questions.toml"
    path.write_text(HOW.replace("ASKED", "first") + path.read_text())

    assert _asked(content, Answers(SAID))[0][:3] == ["how", "line.card", "matter"]


@pytest.mark.parametrize(
    ("asked", "answers", "is_asked"),
    [
        ("first", Answers({**SAID, "line.contract": "app"}), False),
        ("by-place", Answers({**SAID, "person.place": "japan", "cancellation.kind": "ordinary"}), True),
        ("by-place", Answers({**SAID, "refund.ground": "deposit", "person.place": "japan"}), False),
        ("paper", Answers(SAID, wanted=("case-summary",)), True),
        ("paper", Answers(SAID, wanted=("final-bill",)), False),
        ("paper", Answers({**SAID, "line.card": "esim"}, wanted=("case-summary",)), False),
        ("first", Answers(SAID, wanted=("case-summary",)), False),
    ],
)
def test_a_question_that_changes_nothing_is_not_asked(asked: str, answers: Answers, is_asked: bool, content: Path) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", asked))

    assert ("how" in _asked(content, answers)[0]) == is_asked


def test_a_question_may_be_settled_by_other_fields(content: Path) -> None:
    _add(content, "questions.toml", HOW.replace("ASKED", 'first"\nsettled_by = ["line"]\n#'))

    assert "how" in _asked(content, Answers(SAID))[0]
    assert "how" not in _asked(content, Answers({**SAID, "line.number": "070-1234-5678"}))[0]


FIELD = '\n["person.title"]\ntype = "text"\nlabel = "Price"\nhelp = "Price"\nexample = "Dr"\n'


def test_an_added_field_is_asked_where_a_paper_needs_it_and_offered_where_one_uses_it(content: Path) -> None:
    _add(content, "fields.toml", FIELD)
    answers = Answers({**SAID, "line.number": "070-1234-5678"}, wanted=("counter-card",))
    manifest = content / "templates" / "counter-card" / "document.toml"
    text = manifest.read_text()

    manifest.write_text(text.replace('needs = ["line.number"]', 'needs = ["line.number", "person.title"]'))
    assert _asked(content, answers)[0] == ["person.title"]

    manifest.write_text(text.replace('uses = ["carrier"', 'uses = ["person.title", "carrier"'))
    other = content.rename(content.with_name("other"))  # what was read of a folder is kept
    assert _asked(other, answers)[0] == []
    assert "person.title" in [one.name for one in optional_questions(Drafts(other, TODAY), answers)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('asked = "ASKED"', "", 'how.asked is missing; write a text: "…"'),
        ("ASKED", "allways", "how.asked: 'allways' is not one of the choices; write one of first, cancelling, by-place, paper"),
        ('asks = ["line.card"]', 'asks = "line.card"', 'how.answer[0].asks: this is a text; write ["line.card"]'),
        ('"line.card"', '"line.crad"', "how.answer[0].asks: there is no field line.crad; do you mean line.card?"),
        ('"line.contract"', '"line.contrct"', "how.answer[0].sets: there is no field line.contrct; do you mean line.contract?"),
        ('"app"', '"ap"', "how.answer[0].sets.line.contract: “ap” is not one of the choices; write app; the choices are"),
        ('"app"', "1", 'how.answer[0].sets.line.contract: this is a number; write a text: "…"'),
        ("usual", "usally", "how.answer[0]: there is no key usally here; do you mean usual?"),
        ('label = "Sources"', "usual = true", "how.answer[1]: an answer has a label or a document; write one of the two"),
        ('label = "Sources"', 'document = "refundrequest"', "how.answer[1].document: there is no document refundrequest; do you"),
        ('label = "Sources"', 'document = "call-log"', "how.answer[1].document: call-log is asked for by no field; write"),
        ('label = "Sources"', 'label = "Sources"\nusual = true', "how.answer: several are usual; leave"),
        ("[how", "[carrier", "carrier: this is the name of a field or of another question; write another name"),
        (
            'label = "Sources"',
            'label = "Sources"\nunless = { "line.crad" = "sim" }',
            "how.answer[1].unless: there is no line.crad in fields",
        ),
        (
            'label = "Sources"',
            'label = "Sources"\nunless = { "carrier.first_day.regime" = "outside" }',
            "how.answer[1].unless: there is no carrier.first_day.regime in fields",
        ),
        (
            'label = "Sources"',
            'label = "Sources"\nunless = { "line.card" = "ap" }',
            "how.answer[1].unless.line.card: “ap” is not",
        ),
        ('help = "Price"', "", "how.help is missing; write help"),
        ('help = "Price"', 'help = "Price"\nchanges = "ends-by-itself"', "how.changes: only a question with a field has it"),
        ('help = "Price"', 'help = "Price"\nfield = "line.billing"', "how: the field has its own label, help and choices"),
        ('help = "Price"', 'help = "Price"\nfield = "line.biling"', "how.field: there is no field line.biling; do you mean"),
        ("[how", "[papers", "papers: this is the name of a field or of another question; write another name"),
        ('asked = "ASKED"', 'asked = "first"\nsettled_by = ["lin"]', "how.settled_by: there is no field lin; do you mean line?"),
    ],
)
def test_a_broken_question_is_an_error(old: str, new: str, told: str, content: Path) -> None:
    path = _add(content, "questions.toml", HOW.replace(old, new).replace("ASKED", "first"))

    with pytest.raises(ContentError) as caught:
        settling_questions(content)

    assert f"{path}: {told}" in str(caught.value)


FIELD_QUESTION = """
[how]
field = "line.use"
asked = "cancelling"
"""


def test_a_field_can_be_asked_for_at_a_time_of_its_own(content: Path) -> None:
    _add(content, "questions.toml", FIELD_QUESTION)

    names, answers = _asked(content, Answers(SAID), {"matter": "1"})

    assert names.index("matter") < names.index("line.use") < names.index("where")
    assert answers.texts["line.use"]
    assert "line.use" not in _asked(content, Answers({**SAID, "refund.ground": "deposit"}))[0], "the line is not to be cancelled"
    assert "line.use" not in _asked(content, Answers({**SAID, "line.use": "data"}))[0]


def test_a_field_is_not_asked_for_where_its_answers_change_nothing(content: Path) -> None:
    _add(content, "questions.toml", f'{FIELD_QUESTION}changes = "ends-by-itself"\n')

    assert "line.use" not in _asked(content, Answers(SAID))[0]


@pytest.mark.parametrize(
    ("unless", "offered"),
    [
        ('{ "line.contract" = "app" }', 1),
        ('{ "line.contract" = "direct" }', 2),
        ('{ "line.contract" = "app", "person.place" = "abroad" }', 2),
        ('{ "carrier.status" = "active" }', 1),
        ('{ "carrier.status" = "closed" }', 2),
    ],
)
def test_an_answer_is_not_offered_where_its_condition_holds(unless: str, offered: int, content: Path) -> None:
    text = HOW.replace("ASKED", "first").replace('"line.contract"', '"line.card"').replace('"app"', '"esim"')
    _add(content, "questions.toml", f"{text}unless = {unless}\n")
    known = Answers({**SAID, "line.contract": "app"}, skipped=frozenset({"matter"}))

    question = next_question(Drafts(content, TODAY), known)

    assert question
    assert question.name == "how"
    assert len(question.options) == offered
