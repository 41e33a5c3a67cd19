"""What a term of energy management means."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.answer import Answer


@dataclass(frozen=True, kw_only=True)
class TermAnswer(Answer):
    """term: its key in the glossary."""

    term: str

    def data(self) -> dict[str, object]:
        return {"term": self.term}
