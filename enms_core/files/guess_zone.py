"""The zone of a file's stamps: that of its factory, or another that the file tells.

Loggers often run in standard time all year. Then the hour is there that the clocks skip, and the
one that they repeat is there once; or the name of the column says it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from zoneinfo import ZoneInfo

import numpy as np

from enms_core.analysis.clock_changes import Micros
from enms_core.domain.errors import ImportFailed
from enms_core.files.guess_draft import Choice, Draft, with_format
from enms_core.files.guess_interval import interval_of
from enms_core.files.guess_sample import Sample
from enms_core.files.guess_walls import FileWalls, changes_followed
from enms_core.files.guess_words import has_hint, parted
from enms_core.files.stamp_forms import DAY_US
from enms_core.files.stamps import EARLIEST_US, LATEST_US, StampParser

MINUTE_US = 60_000_000
OFFSET = re.compile(r"(?:UTC|GMT)\s*([+\-\u2212])\s*(\d{1,2})(?::?([0-5]\d))?(?!\d)", re.IGNORECASE)
ABBREVIATION = re.compile(r"\b[A-Z]{3,4}\b")
# A line above the header that tells the zone of the stamps, and not when the file was made.
ZONE_LINE = re.compile("zone|fuseau|huso|fuso|時間帯", re.IGNORECASE)
# Offsets [minutes] of times by their names, English and German; what the factory's own zone calls
# so goes before them.
OFFSETS: Mapping[str, int] = MappingProxyType(
    {
        "WET": 0, "WEZ": 0, "CET": 60, "MEZ": 60, "EET": 120, "OEZ": 120, "MSK": 180,
        "WEST": 60, "WESZ": 60, "CEST": 120, "MESZ": 120, "EEST": 180, "OESZ": 180,
        "EST": -300, "CST": -360, "MST": -420, "PST": -480,
        "EDT": -240, "CDT": -300, "MDT": -360, "PDT": -420,
        "AWST": 480, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    }
)  # fmt: skip
FLAG = "--timezone (where the factory is new, timezone in a mapping)"


@dataclass(frozen=True)
class Named:
    """An offset [µs] that a text tells. is_exact: as a number, not as the name of a time, which
    many write the whole year for clocks that change."""

    text: str
    offset_us: int
    is_exact: bool


def guess_zone(draft: Draft, sample: Sample, zone: ZoneInfo, walls: FileWalls) -> None:
    """Whether stamps without an offset are by the clocks of the zone. `--timezone` tells where a
    new factory is, so it is no word against what the file tells."""
    given = draft.format
    if given.is_zone_said or given.timezone not in (None, draft.plan.site.timezone):
        return
    bare_us = _bare_us(draft, sample)
    if not len(bare_us):
        return
    columns = [each for each in (given.time_column, given.clock_column) if each]
    named = _named([*columns, *_beside(columns, sample)], zone, int(bare_us[0]))
    in_utc = [each for each in columns if has_hint(each, "utc")]
    if named is None and in_utc and zone.key != "UTC":
        _put(draft, "UTC", f"the column is named {in_utc[0]!r}")
    elif named is not None or _may_change(draft, walls, bare_us):
        _weigh(draft, zone, walls, named, _step_us(bare_us))


def _weigh(
    draft: Draft, zone: ZoneInfo, walls: FileWalls, named: Named | None, step_us: int
) -> None:
    """What is named, against what the stamps about the changes of the clocks tell."""
    changes, whole = walls.changes, walls.whole
    if named is not None and _is_same(walls, named.offset_us):
        return
    told = changes_followed(whole.near_us, changes, step_us)
    if any(told.values()):
        if named is not None:
            why = f"the times go with its clocks, though the header says {named.text!r}"
            draft.tell("time zone", zone.key, why)
    elif named is not None and (told or named.is_exact):
        _put(draft, _fixed_zone(named.offset_us), f"the header says {named.text!r}")
    elif named is not None:
        _ask(draft, zone, named.offset_us, f"the header says {named.text!r}, and nothing else")
    elif told:
        change = min(told)
        standard_us = int(min(changes.before[change], changes.after[change]))
        day = _day(int(changes.lower[change]))
        _ask(draft, zone, standard_us, f"the clocks change on {day}, but not the times of the file")


def _ask(draft: Draft, zone: ZoneInfo, fixed_us: int, why: str) -> None:
    """Leave open whether the stamps go with the clocks."""
    fixed = _fixed_zone(fixed_us)
    plans = {
        zone.key: with_format(draft.plan, replace(draft.format, is_zone_said=True)),
        fixed: with_format(draft.plan, replace(draft.format, timezone=fixed)),
    }
    draft.choices.append(Choice("time zone", FLAG, plans, why))


def _put(draft: Draft, zone: str, why: str) -> None:
    draft.put_format(replace(draft.format, timezone=zone))
    draft.tell("time zone", zone, why)


def _named(texts: Sequence[str], zone: ZoneInfo, wall_us: int) -> Named | None:
    """The offset that one of these texts tells; none where standard and summer time are named."""
    for text in texts:
        plain = unicodedata.normalize("NFKC", text)
        if match := OFFSET.search(plain):
            minutes = int(match[2]) * 60 + int(match[3] or 0)
            sign = 1 if match[1] == "+" else -1
            return Named(text, sign * minutes * MINUTE_US, is_exact=True)
        offsets = {each: _offset_us(each, zone, wall_us) for each in _abbreviations(plain)}
        found = {each for each in offsets.values() if each is not None}
        if found:
            return Named(text, found.pop(), is_exact=False) if len(found) == 1 else None
    return None


def _abbreviations(text: str) -> list[str]:
    return ABBREVIATION.findall(parted(text))


def _offset_us(abbreviation: str, zone: ZoneInfo, wall_us: int) -> int | None:
    """The offset of a time of that name; what the factory's zone calls so goes before others."""
    year = datetime.fromtimestamp(wall_us / 1e6, timezone.utc).year
    for month in (1, 7):
        day = datetime(year, month, 1, tzinfo=zone)
        if day.tzname() == abbreviation:
            return (day.utcoffset() or timedelta()) // timedelta(microseconds=1)
    minutes = OFFSETS.get(abbreviation)
    return None if minutes is None else minutes * MINUTE_US


def _beside(columns: Sequence[str], sample: Sample) -> list[str]:
    """What else the header says of the times: below their names, and in a line about the zone."""
    below = [text for name in columns if (text := sample.below.get(name))]
    return [*below, *filter(ZONE_LINE.search, sample.above)]


def _is_same(walls: FileWalls, offset_us: int) -> bool:
    """Whether the zone has that offset all the time of the file."""
    first, last = walls.whole.range_us.tolist()
    return bool((walls.changes.offsets_between(first, last) == offset_us).all())


def _may_change(draft: Draft, walls: FileWalls, bare_us: Micros) -> bool:
    """Whether the clocks change while the file runs, or later: its end is not known yet."""
    first = EARLIEST_US if draft.format.is_descending else int(bare_us.min())
    return len(walls.changes.offsets_between(first, LATEST_US)) > 1


def _fixed_zone(offset_us: int) -> str:
    """The zone of an offset all year; ImportFailed where none is called after it.

    >>> _fixed_zone(60 * MINUTE_US), _fixed_zone(-300 * MINUTE_US), _fixed_zone(0)
    ('Etc/GMT-1', 'Etc/GMT+5', 'UTC')
    """
    hours, rest = divmod(offset_us, 60 * MINUTE_US)
    if rest or not -12 <= hours <= 14:
        raise ImportFailed(
            "the times do not go with the clocks, and no time zone is named after their offset "
            "from UTC: they need it written with them"
        )
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _bare_us(draft: Draft, sample: Sample) -> Micros:
    """The sample's times that are written without an offset."""
    parsed = StampParser(draft.format.time_format or "").parse(sample.stamps(draft.format))
    bare_us: Micros = parsed.wall_us[~parsed.bad & ~parsed.has_offset]
    return bare_us


def _step_us(walls_us: Micros) -> int:
    """The usual distance of rows."""
    interval = interval_of(walls_us).interval
    if interval is not None:
        return interval // timedelta(microseconds=1)
    steps = np.abs(np.diff(walls_us))
    return int(np.median(steps[steps > 0])) if steps.any() else DAY_US


def _day(wall_us: int) -> str:
    return datetime.fromtimestamp(wall_us / 1e6, timezone.utc).date().isoformat()
