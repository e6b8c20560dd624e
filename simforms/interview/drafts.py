"""The plan for the answers so far, made once for each set of answers. The only module of this folder that knows planning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from simforms.cases.written_case import WrittenCase
from simforms.errors import CaseError, Location, Problem
from simforms.interview.answers import Answers
from simforms.knowledge.documents import Document, documents
from simforms.knowledge.vocabulary import Vocabulary, vocabulary
from simforms.messages import Message
from simforms.planning.completeness import missing, unused
from simforms.planning.plan import Plan
from simforms.planning.plan_case import plan_case
from simforms.planning.views.screen import gist
from simforms.texts import EMPTY

_Key = tuple[frozenset[tuple[str, str]], tuple[str, ...] | None]
_CLOSING_DAY = "line.closing_day"
_DECIDING = ("line.keep_number", _CLOSING_DAY, "line.installed")


@dataclass(frozen=True)
class Drafts:
    """The plans of a conversation: what follows from its answers on a day."""

    content: Path
    today: date
    _made: dict[_Key, Plan | CaseError] = field(default_factory=dict, repr=False, compare=False)

    @property
    def words(self) -> Vocabulary:
        """The fields that there are."""
        return vocabulary(self.content)

    def plan(self, answers: Answers) -> Plan:
        """Return the plan for the answers. Raises CaseError if one is wrong, or if carrier or language are not answered yet."""
        key = frozenset(answers.texts.items()), answers.wanted
        if key not in self._made:
            self._made[key] = self._draft(answers)
        found = self._made[key]
        if isinstance(found, CaseError):
            raise found
        return found

    def _draft(self, answers: Answers) -> Plan | CaseError:
        case = WrittenCase().overridden(answers.texts.items(), Location(""))
        try:
            found = plan_case(case, self.today, content=self.content, wanted=answers.wanted or (), needs_papers=False)
        except CaseError as error:
            return error
        return replace(found, documents=()) if answers.wanted == () else found

    def problems(self, answers: Answers) -> list[Problem]:
        """Return everything that is wrong, doubtful or read in another way in the answers."""
        try:
            found = self.plan(answers)
        except CaseError as error:
            return list(error.problems)
        idle = list(unused(found.values, found.documents, self.words))
        return [problem for problem in (*found.warnings, *found.conflicts) if problem not in idle]

    def errors(self, case: WrittenCase) -> list[Problem]:
        """Return what is wrong in the texts of a case, besides what its papers still need."""
        try:
            plan_case(case, self.today, content=self.content, needs_papers=False)
        except CaseError as error:
            return [problem for problem in error.problems if problem.severity == "error" and problem not in case.problems]
        return []

    def papers(self, answers: Answers) -> tuple[Document, ...]:
        """Return the documents that will be made."""
        return self.plan(answers).documents

    def other_papers(self, answers: Answers) -> list[Document]:
        """Return the documents that are of use besides those of the plan."""
        found = self.plan(answers)
        return [kind for kind in documents(self.content).values() if kind not in found.documents and _of_use(kind, found)]

    def missing(self, answers: Answers) -> dict[str, Message]:
        """Return the fields that the papers still need, each with what needs it."""
        found = self.plan(answers)
        return {one.name: one.what for one in missing(found.values, found.documents, set(), EMPTY, self.words)}

    def disputed(self, answers: Answers) -> set[str]:
        """Return the fields that a contradiction in the answers names."""
        return {problem.name for problem in self.plan(answers).conflicts}

    def cancels(self, answers: Answers) -> bool:
        """Whether the line is to be cancelled."""
        return self.plan(answers).matter("end-line") is not None

    def depends_on_place(self, answers: Answers) -> bool:
        """Whether the person has something to do for which it matters where they are."""
        return any(matter.aim.place and matter.open for matter in self.plan(answers).matters)

    def ends_by_itself(self, answers: Answers) -> bool:
        """Whether the line ends without anybody doing anything."""
        return any(matter.state == "by-itself" for matter in self.plan(answers).matters)

    def method(self, answers: Answers) -> str:
        """Return the channel of the method that the plan proposes; empty if it proposes none."""
        way = self.plan(answers).way
        return way.channel if way else ""

    def methods(self, answers: Answers) -> list[str]:
        """Return the channels of the methods that are known to work."""
        matter = self.plan(answers).matter("end-line")
        return [way.channel for way in (matter.ways if matter else ()) if way.verdict == "yes"]

    def deciding(self, answers: Answers) -> list[str]:
        """Return the fields on which only the rules of some carriers depend, where they change what this person does.

        The end of the billing month does not matter to somebody who stays: the best day to act is today in any case.
        """
        found = self.plan(answers)
        asked = dict.fromkeys(name for matter in found.matters for name in matter.asks)
        stays = found.situation.departure is None
        return [name for name in asked if name in _DECIDING and not (name == _CLOSING_DAY and stays)]

    def method_lines(self, answers: Answers, language: str) -> Iterator[str]:
        """Yield how to cancel, in a few sentences of a language."""
        yield from gist(replace(self.plan(answers), language=language))


def _of_use(kind: Document, found: Plan) -> bool:
    return kind.unasked and not kind.only_then and found.of_use(kind)
