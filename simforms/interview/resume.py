"""Turns an unfinished case into a conversation again: right answers are kept, wrong ones are asked for first."""

from __future__ import annotations

from collections.abc import Sequence

from simforms.cases.written_case import WrittenCase
from simforms.errors import CaseError, Problem
from simforms.interview.answers import Answers
from simforms.interview.conversation import Conversation
from simforms.interview.drafts import Drafts


def resume(drafts: Drafts, case: WrittenCase, wanted: Sequence[str] = ()) -> tuple[Conversation, list[Problem]]:
    """Return the conversation about a case, and the problems of the answers that are wrong.

    Raises CaseError if the case contains something that is not a field or is written in a wrong form: it would be lost.
    """
    texts, problems = case.texts(), drafts.errors(case)
    lost = [*case.problems, *(problem for problem in problems if problem.name not in drafts.words)]
    if lost:
        raise CaseError(lost, texts.get("language", ""))
    wrong = [problem for problem in problems if problem.name in texts]
    earlier = {problem.name: texts.pop(problem.name) for problem in wrong if problem.name in texts}
    suggested = {name: text for name, text in earlier.items() if not drafts.words[name].private}
    return Conversation(Answers(texts, called_for=tuple(earlier), wanted=tuple(wanted) or None), suggested), wrong
