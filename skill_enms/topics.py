"""Names on the message bus that the skill and its pipeline plugin share."""

from __future__ import annotations

SKILL_ID = "skill-enms.enms"
ASK = f"{SKILL_ID}:enms.ask"
UNDERSTAND = f"{SKILL_ID}.understand"
PING = f"{SKILL_ID}.ping"
READY = f"{SKILL_ID}.ready"
