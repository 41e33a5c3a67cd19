"""Names on the message bus that the skill, its pipeline plugin and other programs share."""

from __future__ import annotations

import re

SKILL_ID = "skill-enms.enms"
ASK = f"{SKILL_ID}:enms.ask"
UNDERSTAND = f"{SKILL_ID}.understand"
PING = f"{SKILL_ID}.ping"
READY = f"{SKILL_ID}.ready"
# Other skills and programs ask here, and get the contract's JSON in the response.
BUS_ASK = "enms.ask"
BUS_ANSWER = f"{BUS_ASK}.response"
# How the audit log tells of what came so.
OVER_BUS = "bus"
# What OVOS takes for a topic.
TOPIC = re.compile(r"[A-Za-z0-9.:_-]+")
SETTINGS_IN_USE = f"{SKILL_ID}.settings_in_use"
