"""What terms mean."""

from __future__ import annotations

from enms_core.domain.explain_term import TermAnswer
from tests.unit.answers.common import Case, question

CASES: dict[str, Case] = {
    "a term": Case(
        TermAnswer(question=question(kind="all", intent="explain_term"), term="load_factor"),
        "The load factor is the average power divided by the highest power in the same time. A "
        "high one means steady use. A low one means short peaks that stand out.",
    ),
}
