"""Asks the questions of `cases`, each once, however many tests look at its answer."""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg

from enms_core.services.reply import Reply
from tests.conftest import Asker
from tests.core.oracle.case import Case
from tests.core.oracle.expected import Expected
from tests.core.oracle.truths import truth_of


@dataclass
class Oracle:
    """Asks each question once, and looks up each answer once."""

    asker: Asker
    connection: psycopg.Connection
    replies: dict[Case, Reply] = field(default_factory=dict)
    known: dict[Case, Expected] = field(default_factory=dict)

    def reply(self, case: Case) -> Reply:
        if case not in self.replies:
            self.replies[case] = self.asker.ask(case.said, now=case.at)
        return self.replies[case]

    def expected(self, case: Case) -> Expected:
        if case not in self.known:
            self.known[case] = truth_of(case)(case, self.connection)
        return self.known[case]


def name_of(case: Case) -> str:
    """The test's name for a question."""
    return f"{case.said} ({case.now[5:16]})"
