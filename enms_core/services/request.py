"""What comes in: an utterance of a session, from whichever front."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from enms_core.domain.errors import InvalidRequest
from enms_core.services.minds import is_known_language
from enms_core.services.reply import Reply


@dataclass(frozen=True)
class Progress:
    """What is said while an answer takes long."""

    dialogs: tuple[tuple[str, dict[str, str]], ...]
    speech: str


@dataclass(frozen=True)
class Request:
    """One utterance of one session.

    session None is a conversation of one sentence: nothing is remembered. now None is the present;
    a naive one is local time. tell: is told, on the engine's loop, what to say to a person who
    waits for long; None where nobody does. via: the way that it came by where another program sent
    it, for the audit log.
    """

    utterance: str
    lang: str
    session: str | None = None
    now: datetime | None = None
    tell: Callable[[Progress], None] | None = field(default=None, compare=False, repr=False)
    via: str | None = None


def request_of(given: Mapping[str, Any], base: Request) -> Request:
    """A request as another program makes it: keys utterance, lang, session, now (ISO 8601).

    What is left out is taken from `base`. Raises InvalidRequest.
    """
    utterance, lang = given.get("utterance"), given.get("lang") or base.lang
    if not isinstance(utterance, str):
        raise InvalidRequest("utterance is no text")
    if not isinstance(lang, str) or not is_known_language(lang):
        raise InvalidRequest(f"no language files for {lang!r}")
    session = given.get("session")
    return replace(
        base,
        utterance=utterance,
        lang=lang,
        session=base.session if session is None else str(session),
        now=_instant(given.get("now")) or base.now,
    )


def _instant(said: Any) -> datetime | None:
    if said is None:
        return None
    try:
        return datetime.fromisoformat(str(said).replace("Z", "+00:00"))
    except ValueError as error:
        raise InvalidRequest(str(error)) from error


def invalid_reply(utterance: str, lang: str, error: InvalidRequest) -> Reply:
    """The reply to what is no request."""
    issue: dict[str, object] = {"code": "request.invalid", "reason": str(error)}
    return Reply(utterance, lang, "error", issues=(issue,))
