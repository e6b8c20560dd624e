"""How the answers were understood: each with its label, as the papers will show it, private ones masked."""

from __future__ import annotations

from dataclasses import dataclass

from simforms.errors import ValueProblem
from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.question import LANGUAGE, Question, language_question
from simforms.knowledge.carriers import carriers
from simforms.knowledge.documents import ALWAYS_NEEDED
from simforms.knowledge.question_file import PAPERS
from simforms.knowledge.vocabulary import CHOICE
from simforms.messages import Message, say

Shown = Message | str
"""A message to translate, or a text to show as it is."""


@dataclass(frozen=True)
class ReviewRow:
    """One answer to check."""

    name: str
    label: Message
    value: Shown


def review(drafts: Drafts, answers: Answers, language: str) -> list[ReviewRow]:
    """Return every answer to check, in the order of the fields."""
    words = drafts.words
    return [
        ReviewRow(name, say(words[name].label), shown_value(drafts, answers, name, language))
        for name in words
        if name in answers.texts
    ]


def shown_value(drafts: Drafts, answers: Answers, name: str, language: str) -> Shown:
    """Return an answer as the papers show it; only its last two characters if it is private."""
    text, field = answers.texts[name], drafts.words[name]
    if field.private:
        return "…" + text[-2:]
    if name == ALWAYS_NEEDED:
        found = carriers().get(text)
        return found.name(language) if found else text
    if name == LANGUAGE:
        return next((one.label for one in language_question(drafts.content).options if one.key == text), text)
    return field.show(field.parse(text), language) or text


def shown_answer(drafts: Drafts, answers: Answers, question: Question, label: Shown, language: str) -> list[Shown]:
    """Return what was accepted as the answer to a question: for the papers their titles, else one text.

    `label` is that of the option that was chosen; it is shown if the answer is not the value of a field.
    """
    if question.name == PAPERS:
        return [option.label for option in question.options if option.key in (answers.wanted or ())]
    if question.name in answers.texts:
        return [shown_value(drafts, answers, question.name, language)]
    return [label or "–"]


def typed_again(drafts: Drafts, answers: Answers, name: str, language: str) -> Shown:
    """Return an answer as the person would type it again; empty if there is none or it is private."""
    if name not in answers.texts or drafts.words[name].private:
        return ""
    if drafts.words[name].type != CHOICE and name not in {ALWAYS_NEEDED, LANGUAGE}:
        return answers.texts[name]
    try:
        return shown_value(drafts, answers, name, language)
    except ValueProblem:  # it comes from a file and is not one of the choices
        return answers.texts[name]
