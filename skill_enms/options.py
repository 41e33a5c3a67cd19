"""The skill's settings: what stands in its settings.json, as one typed object.

A value there wins over the environment; an empty one counts as not set. The keys are written with
empty values at the first start, so that a person finds them in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ovos_utils.log import LOG
from pydantic import ValidationError

from enms_core.settings import Settings

# Settings of the core that may be set in the skill's settings.json; others come from ENMS_*.
OF_THE_CORE = (
    "data_dir",
    "database_url",
    "site",
    "week_start",
    "verbosity",
    "currency_words",
    "session_minutes",
)
# Any text may stand in these. A wrong value must never become "not set": without its database the
# device would tell the figures of another one.
TEXTS = ("data_dir", "database_url", "site")
NOT_SET = (None, "", {})
DEFAULTS: Mapping[str, Any] = {**dict.fromkeys(OF_THE_CORE, ""), "quiet": False}


@dataclass(frozen=True)
class Options:
    """`core` is what the engine works with. `quiet`: answers are shown and not spoken."""

    core: Settings
    quiet: bool = False


def options_of(given: Mapping[str, Any]) -> Options:
    """The options that a settings.json gives. A value that cannot be is said in the log, and the
    default stands in for it."""
    known = {name: given.get(name) for name in OF_THE_CORE}
    chosen = {name: value for name, value in known.items() if value not in NOT_SET}
    chosen |= {name: str(chosen[name]) for name in TEXTS if name in chosen}
    return Options(_settings(chosen), quiet=given.get("quiet") is True)


def _settings(chosen: Mapping[str, Any]) -> Settings:
    try:
        return Settings(**chosen)
    except ValidationError as error:
        wrong = {str(each["loc"][0]): each["msg"] for each in error.errors()}
    for name, reason in wrong.items():
        LOG.error("the setting %s is not used: %s", name, reason)
    fields = Settings.model_fields
    default = {name: fields[name].get_default(call_default_factory=True) for name in wrong}
    return Settings(**{**chosen, **default})
