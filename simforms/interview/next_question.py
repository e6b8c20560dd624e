"""Which question comes next: one whose answer changes something, in the order of the file and of the fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.plan_questions import method_question, papers_question
from simforms.interview.question import LANGUAGE, Option, Question, field_question, language_question
from simforms.knowledge import carriers
from simforms.knowledge.documents import ALWAYS_NEEDED, document
from simforms.knowledge.question_file import SettlingQuestion, Time, demanded, fields_of, settling_questions
from simforms.messages import say


def next_question(drafts: Drafts, answers: Answers) -> Question | None:
    """Return what to ask next; None if enough is known. Raises CaseError if one of the answers is wrong."""
    if LANGUAGE not in answers.texts:
        return language_question(drafts.content)
    if ALWAYS_NEEDED not in answers.texts:
        return field_question(drafts.content, ALWAYS_NEEDED)
    return next(_questions(drafts, answers), None)


def _questions(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    yield from _called_for(drafts, answers)
    if answers.wanted is None:
        yield from _before_the_method(drafts, answers)
        yield from method_question(drafts, answers)
        yield from papers_question(drafts, answers)
    yield from _for_the_papers(drafts, answers)


def _called_for(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    """Yield the fields that an answer called for."""
    for name in answers.called_for:
        if name not in answers.texts and name not in answers.skipped:
            yield field_question(drafts.content, name, optional=name not in demanded(drafts.content))


def _before_the_method(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    """Yield the questions of the file whose answers decide how to cancel."""
    yield from _from_file(drafts, answers, "first")
    if drafts.cancels(answers):
        yield from _from_file(drafts, answers, "cancelling")
    if drafts.depends_on_place(answers):
        yield from _from_file(drafts, answers, "by-place")


def _for_the_papers(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    """Yield the questions about what the papers show: those of the file, then the fields that are missing or disputed."""
    words = drafts.words
    shown = {field for kind in drafts.papers(answers) for field in words.within_all((*kind.needs, *kind.uses))}
    for question in _from_file(drafts, answers, "paper", shown):
        yield replace(question, after_method=True)
    missing = drafts.missing(answers)
    disputed = drafts.disputed(answers) - set(answers.texts) - answers.skipped
    for name in words:
        if name in missing and not words[name].default:
            yield replace(field_question(drafts.content, name), why=missing[name], after_method=True)
        elif name in disputed:
            yield replace(field_question(drafts.content, name, optional=True), after_method=True)
    for name in drafts.deciding(answers):
        if name not in answers.texts and name not in answers.skipped:
            yield replace(field_question(drafts.content, name, optional=True), after_method=True)


def _from_file(drafts: Drafts, answers: Answers, time: Time, shown: set[str] | None = None) -> Iterator[Question]:
    """Yield the questions of templates/questions.toml for this time that are not settled yet and change something."""
    for name, asked in settling_questions(drafts.content).items():
        fields = fields_of(drafts.content, name)
        settled = {*fields, *drafts.words.within_all(asked.settled_by)} & answers.texts.keys()
        if asked.asked != time or settled or (asked.field or name) in answers.skipped:
            continue
        if (shown is None or shown & fields) and _changes_something(drafts, answers, asked):
            yield _file_question(drafts, answers, name, asked)


def _changes_something(drafts: Drafts, answers: Answers, asked: SettlingQuestion) -> bool:
    """Whether the answers lead to different ends, as far as the file wants that. Answers that the carrier lacks don't count."""
    if not asked.changes:
        return True
    known = getattr(drafts.plan(answers).carrier, asked.listed_in) if asked.listed_in else ()
    possible = [key for key in drafts.words[asked.field].choices if not known or key in known]
    after = [drafts.ends_by_itself(answers.with_text(asked.field, key)) for key in possible]
    return len({*after, drafts.ends_by_itself(answers)}) > 1


def _file_question(drafts: Drafts, answers: Answers, name: str, asked: SettlingQuestion) -> Question:
    if asked.field:
        return field_question(drafts.content, asked.field)
    carrier, options, usual = carriers.find(answers.texts[ALWAYS_NEEDED]), [], ""
    for number, answer in enumerate(asked.answer):
        if answer.holds(answers.texts, carrier):
            text = document(drafts.content, answer.document).title if answer.document else answer.label
            options.append(Option(str(number), say(text)))
            usual = str(number) if answer.usual else usual
    return Question(name, say(asked.label), say(asked.help), options=tuple(options), default=usual)
