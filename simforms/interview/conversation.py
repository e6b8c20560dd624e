"""A conversation: the answers so far, the way back, and what the person wants to correct or add. Each step makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from simforms.interview.answers import Answers
from simforms.interview.drafts import Drafts
from simforms.interview.interpret import Interpretation, interpret
from simforms.interview.next_question import next_question
from simforms.interview.question import Question, field_question


@dataclass(frozen=True)
class Conversation:
    """The state of a conversation: plain data, which a page or a file can carry (`as_data`)."""

    answers: Answers = Answers()  # noqa: RUF009 - it is frozen
    earlier: Mapping[str, str] = field(default_factory=dict)
    """Earlier answers, by field, to suggest when the field is asked again. None of them is private."""
    past: tuple[tuple[Answers, str], ...] = ()
    """The way back: the answers before each step, and the field that the person chose to be asked for, if any."""
    chosen: str = ""
    """The field that the person wants to correct or add; empty while the questions follow each other."""

    def question(self, drafts: Drafts) -> Question | None:
        """Return what to ask now; None if enough is known, and the person can check the answers."""
        if self.chosen:
            return field_question(drafts.content, self.chosen, optional=True)
        return next_question(drafts, self.answers)

    def answer(self, drafts: Drafts, question: Question, typed: str, language: str) -> tuple[Conversation, Interpretation]:
        """Return the conversation after an answer, and how it was understood; the same one if it was not accepted."""
        found = interpret(drafts, self.answers, question, typed, language)
        if not found.accepted:
            return self, found
        earlier = {name: text for name, text in self.earlier.items() if name != question.name}
        return Conversation(found.answers, earlier, (*self.past, (self.answers, self.chosen))), found

    def back(self, drafts: Drafts) -> Conversation:
        """Return the conversation before the last answer, which is then suggested again.

        At the beginning there is nothing before: only a field that was chosen is not asked for any more.
        """
        if not self.past:
            return replace(self, chosen="")
        *past, (answers, chosen) = self.past
        before = Conversation(answers, self.earlier, tuple(past), chosen)
        question = before.question(drafts)
        return before._suggesting(drafts, question.name, self.answers) if question else before

    def change(self, drafts: Drafts, name: str) -> Conversation:
        """Return the conversation in which this field is asked for next."""
        return replace(self._suggesting(drafts, name, self.answers), chosen=name)

    def _suggesting(self, drafts: Drafts, name: str, answers: Answers) -> Conversation:
        private = name in drafts.words and drafts.words[name].private
        if name not in answers.texts or private:
            return self
        return replace(self, earlier={**self.earlier, name: answers.texts[name]})

    def as_data(self) -> dict[str, Any]:
        """Return the conversation as a dict that JSON can hold."""
        past = [[answers.as_data(), chosen] for answers, chosen in self.past]
        return {"answers": self.answers.as_data(), "earlier": dict(self.earlier), "past": past, "chosen": self.chosen}

    @classmethod
    def from_data(cls, data: object) -> Conversation:
        """Return the conversation that `as_data` wrote. Raises ValueError if the data has another shape."""
        if not _is_conversation(data):
            raise ValueError("this is not a conversation")
        steps = tuple((Answers.from_data(answers), name) for answers, name in data["past"])
        return cls(Answers.from_data(data["answers"]), dict(data["earlier"]), steps, data["chosen"])


def _is_conversation(data: object) -> TypeGuard[dict[str, Any]]:
    if not isinstance(data, dict) or set(data) != {"answers", "earlier", "past", "chosen"}:
        return False
    earlier, past = data["earlier"], data["past"]
    texts = [data["chosen"], *earlier, *earlier.values()] if isinstance(earlier, dict) else [None]
    steps = past if isinstance(past, list) else [None]
    return all(isinstance(text, str) for text in texts) and all(map(_is_step, steps))


def _is_step(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str)  # noqa: PLR2004 - answers and a field
