"""Readings that come one message at a time: a message, and why one is not stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from enms_core.domain.imports import Reason


class LiveReason(Enum):
    """Why a message is not stored, besides the reasons that a row of a file has.

    The value is the text in the list of refused messages.
    """

    NO_JSON = "the message is no JSON object"
    NO_RULE = "no rule listens to its topic"
    NO_FIELD = "it lacks a field that its rule names"
    UNKNOWN_MACHINE = "no machine of this name is registered"
    NO_METER = "no meter of this machine is registered: the rule needs an interval"
    OTHER_METER = "readings of another interval are stored at this time"
    REPEATED_TIME = "the clocks went back over this time: it needs an offset"
    WRONG_CLOCK = "the time lies before the year 2000 or in the future"
    NO_TEXT = "a text in it has a character that is none"
    LATE = "later samples of this meter have been counted already"
    UNSTORABLE = "the database has no room for this value"


@dataclass(frozen=True)
class Message:
    """A message as it came.

    topic: None where its way in has none. acknowledge: tells the sender that the message is kept,
    and need not come again.
    """

    text: bytes
    topic: str | None
    acknowledge: Callable[[], None]


@dataclass(frozen=True)
class Refusal:
    """A message, or one of several values in it, that is not stored. detail: what the reason is
    about, such as the name of the machine."""

    message: Message
    reason: Reason | LiveReason
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class BatchReport:
    """What became of some messages, in values: stored, or there already with the same value.

    remarks: what is to be told of the meters themselves, such as a counter's reset.
    """

    stored: int = 0
    duplicates: int = 0
    refusals: Sequence[Refusal] = ()
    remarks: Sequence[str] = ()

    def followed_by(self, later: BatchReport) -> BatchReport:
        """What became of these messages and of later ones."""
        return BatchReport(
            stored=self.stored + later.stored,
            duplicates=self.duplicates + later.duplicates,
            refusals=[*self.refusals, *later.refusals],
            remarks=[*self.remarks, *later.remarks],
        )
