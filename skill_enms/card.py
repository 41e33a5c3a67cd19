"""The card that shows what was said: the same numbers, with their units and their period."""

from __future__ import annotations

from typing import Any

from enms_core.services.reply import Reply


def card(reply: Reply) -> dict[str, Any]:
    """Values of the card, as a template page or a companion page reads them."""
    return {
        "title": reply.title,
        "text": reply.speech,
        "intent": reply.intent,
        "period": reply.slots.get("period"),
        "values": reply.data.get("sources", []),
        "issues": list(reply.issues),
    }
