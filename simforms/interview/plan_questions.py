"""The questions whose options come from the plan: how to cancel, which papers, what else the papers can show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.question import Option, Question, field_question
from simforms.knowledge.documents import Document
from simforms.knowledge.question_file import PAPERS
from simforms.knowledge.vocabulary import CHOICE
from simforms.messages import say

CHANNEL = "cancellation.channel"


def method_question(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    """Yield the question how to cancel, if the person has the choice and each method has other papers."""
    usual = drafts.method(answers)
    if not usual or answers.texts.keys() & {CHANNEL, "cancellation.kind"}:
        return
    asked = field_question(drafts.content, CHANNEL)
    methods = [channel for channel in drafts.methods(answers) if channel in drafts.words[CHANNEL].choices]
    papers = {tuple(kind.name for kind in drafts.papers(answers.with_text(CHANNEL, channel))) for channel in methods}
    if len(papers) > 1:
        options = tuple(option for channel in methods for option in asked.options if option.key == channel)
        yield replace(asked, options=options, default=usual, after_method=True)


def papers_question(drafts: Drafts, answers: Answers) -> Iterator[Question]:
    """Yield the choice of papers: those of the plan are marked, others that are of use come after them."""
    papers = drafts.papers(answers)
    if papers and drafts.cancels(answers):
        options = [_paper(kind, marked=True) for kind in papers] + [_paper(kind) for kind in drafts.other_papers(answers)]
        purpose = say("Enter accepts those with ✓; a number adds or removes one")
        yield Question(PAPERS, say("Papers"), purpose, options=tuple(options), optional=True, after_method=True)


def _paper(kind: Document, *, marked: bool = False) -> Option:
    return Option(kind.name, say(kind.title), note=say(kind.purpose), marked=marked)


def optional_questions(drafts: Drafts, answers: Answers) -> list[Question]:
    """Return what else could be answered: the fields that the papers can show, those with a place on the form first."""
    found, words = drafts.plan(answers), drafts.words
    boxes = {field for kind in found.documents for field in words.within_all(kind.blank)}
    uses = {field for kind in found.documents for field in words.within_all(kind.uses)}
    for value in found.values.values():
        for choice in value.field.choices.values():
            uses -= set(words.within_all((*choice.needs, *choice.uses)))
    for value in found.values.values():
        if value.field.type == CHOICE:
            uses |= set(words.within_all(value.field.choices[value.parsed].uses))
    names = [name for name in words if name in uses and name not in answers.texts and "[]" not in name]
    return [field_question(drafts.content, name, optional=True) for name in sorted(names, key=lambda name: name not in boxes)]
