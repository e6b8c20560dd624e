"""Whole conversations without a terminal: what is asked, how answers are understood, what the papers will be."""

from __future__ import annotations

import datetime
import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY

from simforms.cases.written_case import WrittenCase, read_case
from simforms.errors import CaseError
from simforms.interview import drafts as drafts_module
from simforms.interview.answers import Answers
from simforms.interview.conversation import Conversation
from simforms.interview.drafts import Drafts
from simforms.interview.interpret import Interpretation
from simforms.interview.matching import label_in
from simforms.interview.plan_questions import optional_questions
from simforms.interview.question import Question
from simforms.interview.resume import resume
from simforms.interview.review import review, shown_answer, typed_again
from simforms.knowledge import carriers
from simforms.knowledge.content import content
from simforms.knowledge.question_file import PAPERS
from simforms.messages import Message, say
from simforms.planning.plan import Plan


class Face:
    """What a page does: after each answer it knows nothing but what JSON has carried."""

    def __init__(self, language: str = "en", answers: Answers | None = None, today: datetime.date = TODAY) -> None:
        self.drafts = Drafts(content(), today)
        self.language = language
        self.carried = json.dumps(Conversation(answers or Answers()).as_data())
        self.asked: list[str] = []
        self.last = Interpretation(Answers())

    @property
    def conversation(self) -> Conversation:
        return Conversation.from_data(json.loads(self.carried))

    @property
    def answers(self) -> Answers:
        return self.conversation.answers

    def carry(self, conversation: Conversation) -> None:
        self.carried = json.dumps(conversation.as_data())

    def question(self) -> Question | None:
        return self.conversation.question(self.drafts)

    def say(self, *typed: str) -> Face:
        """Answer one question after the other."""
        for text in typed:
            question = self.question()
            assert question, f"nothing is asked any more, and nobody wants to know {text!r}"
            after, self.last = self.conversation.answer(self.drafts, question, text, self.language)
            self.asked.append(question.name)
            self.carry(after)
        return self

    def answer_all(self, typed: Mapping[str, str]) -> Face:
        """Answer each question with what is said about it, else with its example, its default or its first option."""
        while question := self.question():
            usual = question.example or ("" if question.name == PAPERS or question.default else "1")
            self.say(typed.get(question.name, usual))
            assert self.last.accepted, (question.name, [str(problem) for problem in self.last.problems])
        return self

    def papers(self) -> list[str]:
        return [kind.name for kind in self.drafts.papers(self.answers)]

    def checked(self) -> dict[str, str]:
        """Return what there is to check, in the person's language."""
        return {
            label_in(content(), row.label, self.language): label_in(content(), row.value, self.language)
            for row in review(self.drafts, self.answers, self.language)
        }


PERSON = {"person.name": "WANG XIAOMING", "person.birth_date": "1999-04-01", "person.address": "東京都新宿区高田馬場1-2-3",
          "person.phone": "080-1234-5678", "line.number": "090-1234-5678"}  # fmt: skip


JOURNEYS: list[tuple[str, str, dict[str, str], list[str], str]] = [
    (
        "zh-Hans",
        "软银",
        {"where": "2", "cancellation.channel": "2"},
        ["matter", "where", "cancellation.channel", PAPERS],
        "counter-card",
    ),
    ("ko", "au", {"matter": "4"}, ["matter", "refund.ground"], "refund-request"),
    ("vi", "softbank", {"matter": "5"}, ["matter", "dispute.item"], "billing-dispute"),
    ("en", "softbank", {"matter": "6"}, ["matter", "final_bill.address"], "final-bill"),
    ("zh-Hant", "docomo", {"matter": "7"}, ["matter", "erasure.action"], "data-erasure"),
    ("en", "softbank", {"matter": "3", "line.state": "2"}, ["matter", "line.state", "where"], "stop-line"),
    ("en", "softbank", {"matter": "2", "line.start_date": "2026-11-18"}, ["matter", "line.start_date", "line.document_date"], ""),
    ("en", "povo2", {"where": "3"}, ["matter", "where"], ""),
    ("ja", "rakuten-mobile", {"where": "1", "person.departure_date": "2027-03-31"}, ["where", "person.departure_date"], ""),
    ("en", "no such company", {"where": "2"}, ["matter"], ""),
    ("en", "b-mobile-visitor", {}, ["matter"], ""),
]


@pytest.mark.parametrize(("language", "carrier", "typed", "asked", "papers"), JOURNEYS)
def test_a_conversation_leads_from_nothing_to_the_papers(
    language: str, carrier: str, typed: Mapping[str, str], asked: list[str], papers: str
) -> None:
    face = Face(language).say("en" if language == "ja" else language)

    face.say(carrier)
    while face.last.options:  # several are called so: the one that is typed
        face.say(carrier)
    face.answer_all({**PERSON, **typed})

    assert face.asked[:2] == ["language", "carrier"]
    assert [name for name in face.asked if name in asked] == asked, face.asked
    assert len(face.asked) == len(set(face.asked)), "nothing is asked twice"
    assert not papers or papers in face.papers()
    assert not face.drafts.missing(face.answers)
    assert list(face.drafts.method_lines(face.answers, language))
    assert len(face.checked()) == len(face.answers.texts)


def test_an_answer_that_is_not_clear_offers_what_it_can_mean_and_a_number_chooses() -> None:
    face = Face().say("en", "soft")

    assert not face.last.accepted
    assert "carrier" not in face.answers.texts
    offered = face.last.options
    assert {"softbank", "softbank-prepaid"} <= {option.key for option in offered}

    face.say(offered[1].label if isinstance(offered[1].label, str) else "")
    assert face.answers.texts["carrier"] == offered[1].key


def test_an_answer_that_is_wrong_changes_nothing_and_says_what_to_write() -> None:
    face = Face(answers=Answers({"language": "en", "carrier": "softbank"}, wanted=("cancellation-request",)))
    while (question := face.question()) and question.name != "person.birth_date":
        face.say(PERSON.get(question.name, question.example or "1"))
    before = face.answers

    face.say("1999-02-30")

    assert face.answers == face.last.answers == before
    [problem] = face.last.problems
    assert (problem.name, problem.severity) == ("person.birth_date", "error")
    assert str(problem.suggestion)


def test_going_back_takes_an_answer_back_and_suggests_it_again() -> None:
    face = Face().say("en", "softbank", "1", "3")
    assert face.answers.texts["person.place"] == "abroad"

    face.carry(face.conversation.back(face.drafts))
    question = face.question()
    assert question
    assert question.name == "where"
    assert "person.place" not in face.answers.texts

    face.carry(face.conversation.back(face.drafts))
    face.carry(face.conversation.back(face.drafts))
    question = face.question()
    assert question
    assert question.name == "carrier"
    earlier = Answers(face.conversation.earlier)
    assert typed_again(face.drafts, earlier, "carrier", "en") == carriers.carrier("softbank").name("en")


def test_at_the_beginning_going_back_changes_nothing() -> None:
    face = Face()

    assert face.conversation.back(face.drafts) == face.conversation


def test_an_answer_can_be_changed_and_another_added_at_the_end() -> None:
    face = Face().say("en", "softbank").answer_all({**PERSON, "where": "2", "cancellation.channel": "2"})
    assert face.question() is None

    face.carry(face.conversation.change(face.drafts, "person.name"))
    question = face.question()
    assert question
    assert question.name == "person.name"
    assert face.conversation.earlier["person.name"] == "WANG XIAOMING"
    face.say("LI NA")
    assert face.question() is None
    assert face.answers.texts["person.name"] == "LI NA"

    more = [one.name for one in optional_questions(face.drafts, face.answers)]
    assert "person.email" in more
    face.carry(face.conversation.change(face.drafts, "person.email"))
    face.say("w@example.com")
    assert face.answers.texts["person.email"] == "w@example.com"
    assert face.question() is None


def test_a_changed_choice_takes_its_own_fields_along_and_asks_for_those_of_the_other() -> None:
    face = Face().say("en", "au").answer_all({**PERSON, "matter": "4"})
    assert face.answers.texts["refund.account.kind"] == "bank"
    assert "refund.account.branch" in face.answers.texts

    face.carry(face.conversation.change(face.drafts, "refund.account.kind"))
    face.say("2")

    assert "refund.account.branch" not in face.answers.texts
    question = face.question()
    assert question
    assert question.name.startswith("refund.account.")


def test_a_private_answer_is_masked_and_never_suggested() -> None:
    said = {"language": "en", "carrier": "au", "refund.ground": "deposit", "refund.account.number": "0123456"}
    face = Face(answers=Answers(said, wanted=("refund-request",)))

    assert "0123456" not in str(face.checked())
    assert "…56" in face.checked().values()
    face.carry(face.conversation.change(face.drafts, "refund.account.number"))
    assert "0123456" not in json.dumps(dict(face.conversation.earlier))
    assert typed_again(face.drafts, face.answers, "refund.account.number", "en") == ""


def test_a_person_who_wants_no_paper_gets_none() -> None:
    face = Face().say("en", "softbank", "1", "2", "2")
    question = face.question()
    assert question
    assert question.name == PAPERS
    marked = [str(number) for number, option in enumerate(question.options, 1) if option.marked]

    face.say(" ".join(marked))

    assert face.answers.wanted == ()
    assert face.papers() == []
    assert face.question() is None


def test_a_case_that_was_begun_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("language: en\ncarrier: softbank\nperson: {birth_date: 1999-02-30, passport: E1}\n", encoding="utf-8")
    drafts = Drafts(content(), TODAY)

    conversation, wrong = resume(drafts, read_case(path))

    assert sorted(problem.name for problem in wrong) == ["person.birth_date", "person.passport"]
    assert [problem.location.line for problem in wrong] == [3, 3]
    assert conversation.answers.texts == {"language": "en", "carrier": "softbank"}
    assert conversation.earlier == {"person.birth_date": "1999-02-30"}, "a private answer is not suggested"
    asked = conversation.question(drafts)
    assert asked
    assert asked.name in {"person.birth_date", "person.passport"}


@pytest.mark.parametrize("text", ["language: en\nlin: {card: esim}\n", "language: en\nline: {card: esim, card: sim}\n"])
def test_a_case_of_which_something_would_be_lost_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CaseError) as caught:
        resume(Drafts(content(), TODAY), read_case(path))

    assert caught.value.language == "en"


def test_labels_are_messages_and_what_is_shown_is_in_the_language_asked_for() -> None:
    face = Face("zh-Hans").say("zh-Hans", "softbank")
    question = face.question()
    assert question
    assert isinstance(question.label, Message)
    assert all(isinstance(option.label, Message) for option in question.options)
    assert face.checked()["语言" if "语言" in face.checked() else next(iter(face.checked()))] == "简体中文"

    face.say("1")
    assert shown_answer(face.drafts, face.answers, question, face.last.label, "zh-Hans") == [say("Cancel the line")]


# The plan is made once.


def test_the_plan_is_made_once_for_each_set_of_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plan_case = drafts_module.plan_case

    def counted(case: WrittenCase, today: datetime.date, **settings: Any) -> Plan:
        made.append(json.dumps([case.texts(), settings["wanted"]], sort_keys=True))
        return plan_case(case, today, **settings)

    monkeypatch.setattr(drafts_module, "plan_case", counted)
    drafts, conversation, prompts = Drafts(content(), TODAY), Conversation(Answers({"language": "en"})), 0
    while question := conversation.question(drafts):
        typed = {**PERSON, "carrier": "softbank", "cancellation.channel": "2", PAPERS: ""}.get(
            question.name, question.example or "1"
        )
        conversation, _ = conversation.answer(drafts, question, typed, "en")
        drafts.problems(conversation.answers)
        list(drafts.method_lines(conversation.answers, "en"))
        prompts += 1

    assert prompts > 8
    assert len(made) == len(set(made))
    assert len(made) < 2 * prompts


# The state that is carried.


@pytest.mark.parametrize("seed", range(8))
def test_a_random_conversation_survives_being_carried(seed: int) -> None:
    """Whatever is typed, and whichever way is gone: what JSON carries asks the same question, and nothing raises."""
    chance = random.Random(seed)  # noqa: S311 - the same each run
    drafts, conversation = Drafts(content(), TODAY), Conversation()
    for _ in range(30):
        carried = Conversation.from_data(json.loads(json.dumps(conversation.as_data())))
        assert carried == conversation
        question = carried.question(Drafts(content(), TODAY))
        assert question == conversation.question(drafts)
        step = chance.random()
        if step < 0.15:
            conversation = conversation.back(drafts)
        elif question is None or step < 0.2:
            if names := [row.name for row in review(drafts, conversation.answers, "en")]:
                conversation = conversation.change(drafts, chance.choice(names))
        else:
            typed = chance.choice(
                [question.example, "1", "2", "", "9" * 5000, "\x00", "softbank", "en", "²", "１", "12345678901234567"]
            )
            conversation, found = conversation.answer(drafts, question, typed, "en")
            assert found.accepted or found.problems or found.options


BROKEN = [
    None, [], "x", {}, {"answers": {}}, {"answers": Answers().as_data(), "earlier": [], "past": [], "chosen": ""},
    {"answers": Answers().as_data(), "earlier": {"a": 1}, "past": [], "chosen": ""},
    {"answers": Answers().as_data(), "earlier": {}, "past": [1], "chosen": ""},
    {"answers": Answers().as_data(), "earlier": {}, "past": [[{}, ""]], "chosen": ""},
    {"answers": Answers().as_data(), "earlier": {}, "past": [], "chosen": None},
    {"answers": {**Answers().as_data(), "texts": {"a": ["b"]}}, "earlier": {}, "past": [], "chosen": ""},
    {"answers": {**Answers().as_data(), "skipped": "abc"}, "earlier": {}, "past": [], "chosen": ""},
    {"answers": {**Answers().as_data(), "wanted": 0}, "earlier": {}, "past": [], "chosen": ""},
    {"answers": {**Answers().as_data(), "more": 0}, "earlier": {}, "past": [], "chosen": ""},
]  # fmt: skip


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_a_state_of_another_shape_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match=r"answers|conversation|texts"):
        Conversation.from_data(data)


def test_the_questions_load_neither_a_terminal_nor_the_command_line() -> None:
    script = (
        "import sys, datetime\nfrom simforms.interview.resume import resume\nfrom simforms.interview.review import review\n"
        "loaded = {'click', 'prompt_toolkit', 'rich', 'simforms.cli', 'weasyprint', 'jinja2'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )

    subprocess.run([sys.executable, "-c", script], check=True)


# Conditions in the file of questions.


@pytest.mark.parametrize("carrier", sorted(carriers.carriers()))
def test_the_payment_type_is_asked_where_it_decides_whether_the_line_ends_by_itself(carrier: str) -> None:
    """And only there: with neither answer, or with one that the carrier lacks, the person would be asked in vain."""
    drafts, answers = Drafts(content(), TODAY), Answers({"language": "en", "carrier": carrier}, frozenset({"matter"}))
    sold = carriers.carriers()[carrier].kinds
    ends = {kind: drafts.ends_by_itself(answers.with_text("line.billing", kind)) for kind in ("prepaid", "postpaid")}
    in_vain = (sold and "prepaid" not in sold) or ("postpaid" not in sold and bool(sold) and drafts.ends_by_itself(answers))

    question = Conversation(answers).question(drafts)

    asked = question is not None and question.name == "line.billing"
    assert asked == (ends["prepaid"] != ends["postpaid"] and not in_vain)


@pytest.mark.parametrize("carrier", [*sorted(carriers.carriers()), "no such company"])
def test_the_first_days_are_offered_only_where_the_carrier_does_not_stand_outside_the_rule(carrier: str) -> None:
    known = carriers.find(carrier)
    right = known.first_days if known else None
    outside = bool(right and right.printable and right.regime == "outside")

    question = Conversation(Answers({"language": "en", "carrier": carrier})).question(Drafts(content(), TODAY))

    assert question
    assert question.name == "matter"
    assert (say("Cancellation within the first 8 days") in [option.label for option in question.options]) != outside
