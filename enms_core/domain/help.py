"""What can be asked."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.answer import Answer


@dataclass(frozen=True, kw_only=True)
class HelpAnswer(Answer):
    """topic: key of the subject, None for an overview. machine: the name that the examples are said
    with, None where no machine is registered."""

    topic: str | None
    machine: str | None

    def data(self) -> dict[str, object]:
        return {"topic": self.topic}
