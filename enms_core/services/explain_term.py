"""What a term of energy management means, in our own words."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.explain_term import TermAnswer
from enms_core.domain.question import Question
from enms_core.services.context import Context


async def answer_explain_term(question: Question, _context: Context) -> Answer:
    """The entry of the glossary; a question about another term is asked back before."""
    return TermAnswer(question=question, term=question.topic or "")
