"""Word lists that a language must have. Every other list may be missing: then what it is for is
not understood in that language, or asked back, but nothing is understood wrongly."""

from __future__ import annotations

from enms_core.language.period_classes import MONTHS, WEEKDAYS

REQUIRED = frozenset(
    {
        # What makes a sentence ours, and what refuses it.
        "energy_word",
        "energy_unit",
        "not_ours",
        "not_ours_command",
        "question_word",
        "cancel",
        # Machines that are here, that are not, and those left out.
        "machine_noun",
        "machine_generic",
        "machine_unnamed",
        "before_machine",
        "scope_everything",
        "except",
        # What must not be passed over.
        "unhandled",
        "unhandled_figure",
        "unhandled_reference",
        # The past, and the days and months that the answers name.
        "past_tense",
        *(f"weekday_{day}" for day in WEEKDAYS),
        *(f"month_{month}" for month in MONTHS),
    }
)
