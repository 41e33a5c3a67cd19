"""A doubt about an adopted database, and the sentence that a terminal prints of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SENTENCES = {
    "baselines_without_seu": "{count} baselines name no SEU and cannot be found by one",
    "carrier_unknown": (
        "energy source {source} is not used: the table holds several carriers, and not exactly one "
        "value of {column} is this source's name"
    ),
    "column_missing": "column {column} is missing, what needs it is not answered",
    "feature_carrier_unknown": (
        "feature {feature} of {source} is left out: it does not say which of the several carriers "
        "in {place} it means"
    ),
    "feature_column_missing": "feature {feature} of {source} is left out: there is no {place}",
    "feature_is_consequence": (
        "feature {feature} of {source} is refused as a driver: {column} follows from the use itself"
    ),
    "feature_function_unknown": (
        "feature {feature} of {source} is left out: there is no function {function}"
    ),
    "feature_unfit": (
        "feature {feature} of {source} is left out: {place} holds no numbers of machines or sites "
        "in time"
    ),
    "function_kept": "a function of yours with a name like ours is left alone; ours are in enms",
    "key_missing": "no unique key over {columns}: a reading that is there twice counts twice",
    "log_kept": "an audit log of yours is left alone; ours is enms.audit_log",
    "machines_without_factory": "machines without a factory are not used: {machines}",
    "models_damaged": (
        "{count} models have lost what was stored of them beside their equation, statistics are "
        "unknown: {models}"
    ),
    "models_unreadable": "{count} models are left out, no equation can be read: {models}",
    "not_rolled_up": "table is partitioned, its readings are read directly",
    "readings_column_missing": "energy source {source} is not used: there is no column {column}",
    "readings_table_missing": "energy source {source} is not used: there is no such table",
    "relation_kept": "a relation of yours with a name like our rollups' is left alone",
    "required_column": "column {column} must have a value that we do not know: no row can be added",
    "source_without_readings": (
        "energy source {source} is not used: it names no table and column of readings"
    ),
    "statistics_unknown": "{count} models have coefficients and no statistics: {models}",
    "timestamp_without_zone": (
        "times without a zone ({columns}) are not sure to the hour; readings of such a table are "
        "not used"
    ),
    "time_zone_unknown": (
        "factory {factory} is not used, nor are its machines: its time zone is {timezone}"
    ),
    "unique_key_missing": "versions of an SEU's models are not unique: the data have some twice",
    "unit_contradicted": (
        "energy source {source} is not used: its unit is {unit}, its readings are in {column}"
    ),
    "unknown_machines": "SEU {seu} names machines that there are not: {machines}",
    "wrong_type": "column {column} is of type {found}, needed is {needed}",
}


@dataclass(frozen=True)
class Finding:
    """What cannot be used, or is left alone: of a table (or a function), and why.

    facts are those of the sentence, by the names of its slots.
    """

    table: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.table}: {SENTENCES[self.code].format(**self.facts)}"
