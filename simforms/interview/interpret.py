"""What an answer means, or what is wrong with it: the same checks as for a file, at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from simforms.errors import Location, Problem
from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.matching import matching, matching_options, number_up_to
from simforms.interview.question import Option, Question
from simforms.knowledge.documents import ALWAYS_NEEDED, documents
from simforms.knowledge.question_file import PAPERS, settling_answer
from simforms.knowledge.vocabulary import CHOICE, Vocabulary
from simforms.messages import Message, say


@dataclass(frozen=True)
class Interpretation:
    """How something typed was understood."""

    answers: Answers
    """The answers with this one; unchanged if it was not accepted."""
    problems: tuple[Problem, ...] = ()
    """With an error among them, it was not accepted."""
    options: tuple[Option, ...] = ()
    """What it can mean, if that is not clear; then it was not accepted either."""
    label: Message | str = ""
    """The label of the option that was chosen."""

    @property
    def accepted(self) -> bool:
        """Whether it was accepted as the answer."""
        return not self.options and not any(problem.severity == "error" for problem in self.problems)


def interpret(drafts: Drafts, answers: Answers, question: Question, typed: str, language: str) -> Interpretation:
    """Return how something typed was understood. `language` is the one in which the options were shown."""
    text = typed.strip()
    if not text and not question.default:
        return _nothing(answers, question)
    if question.name == PAPERS:
        return _papers(drafts, answers, question, text)
    if text:
        content = drafts.content
        options = matching(content, question.offered, text, language)
        options = options or matching_options(content, answers, question, text, language)
        if len(options) > 1:
            return Interpretation(answers, options=options)
        if question.options and not options:
            return _refused(answers, question, *_no_choice(text, question))
        text = options[0].key if options else text
    key = text or question.default
    label = next((option.label for option in question.options if option.key == key), "")
    return replace(_accepted(drafts, answers, question.name, key), label=label)


def _nothing(answers: Answers, question: Question) -> Interpretation:
    if question.name == PAPERS:
        return Interpretation(replace(answers, wanted=tuple(option.key for option in question.options if option.marked)))
    if question.optional:
        texts = {name: text for name, text in answers.texts.items() if name != question.name}
        return Interpretation(replace(answers, texts=texts, skipped=answers.skipped | {question.name}))
    suggestion = say("choose a number") if question.options else say("e.g. %(example)s", example=question.example)
    return _refused(answers, question, question.why or say("this field has no value"), suggestion)


def _refused(answers: Answers, question: Question, what: Message, suggestion: Message) -> Interpretation:
    return Interpretation(answers, (Problem(Location(""), question.name, what, suggestion),))


def _no_choice(text: str, question: Question) -> tuple[Message, Message]:
    shown = "…" if question.private else text
    return say("“%(typed)s” is not one of the choices", typed=shown), say("choose a number")


def _papers(drafts: Drafts, answers: Answers, question: Question, text: str) -> Interpretation:
    """Return the answers with the papers added or removed whose numbers are typed."""
    numbers = [number_up_to(len(question.options), number) for number in re.findall(r"\d+", text)]
    if not numbers or not all(numbers):
        return _refused(answers, question, *_no_choice(text, question))
    changed = {question.options[number - 1].key for number in numbers}
    marked = {option.key for option in question.options if option.marked} ^ changed
    return Interpretation(replace(answers, wanted=tuple(name for name in documents(drafts.content) if name in marked)))


def _accepted(drafts: Drafts, answers: Answers, name: str, key: str) -> Interpretation:
    """Return the answers with one more, unless something is wrong that was not wrong before."""
    if name not in drafts.words:
        sets, asks = settling_answer(drafts.content, name, int(key))
        texts, called_for = {**answers.texts, **sets}, (*answers.called_for, *asks)
        return Interpretation(replace(answers, texts=texts, called_for=called_for, skipped=answers.skipped | {name}))
    texts = {**_without_strays(drafts.words, answers.texts, name, key), name: key}
    wanted = answers.wanted if answers.texts.get(ALWAYS_NEEDED, key) == key or name != ALWAYS_NEEDED else None
    after = replace(answers, texts=texts, skipped=answers.skipped - {name}, wanted=wanted)
    before = drafts.problems(answers)
    new = [one for one in drafts.problems(after) if one not in before and (one.name == name or one.name in texts)]
    refused = any(problem.severity == "error" for problem in new)
    return Interpretation(answers if refused else after, tuple(new))


def _without_strays(words: Vocabulary, texts: Mapping[str, str], name: str, key: str) -> dict[str, str]:
    """Return the texts without those that belong to another choice, as a branch does if the account is one of the post bank."""
    field = words[name]
    if field.type != CHOICE or name not in texts:
        return dict(texts)
    belongs = {one: set(words.within_all((*choice.needs, *choice.uses))) for one, choice in field.choices.items()}
    strays = set().union(*belongs.values()) - belongs[key]
    return {other: text for other, text in texts.items() if other not in strays}
