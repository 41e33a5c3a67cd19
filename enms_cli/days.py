"""Times that a person gives at the terminal: days, or instants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Moment = date | datetime
DAY = timedelta(days=1)


def moment(text: str) -> Moment:
    """A day, or an instant, in ISO 8601.

    >>> moment("2026-03-01"), moment("2026-03-01T06:00Z").isoformat()
    (datetime.date(2026, 3, 1), '2026-03-01T06:00:00+00:00')
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise ValueError(
            f"{text!r} is no day or time; write it like 2026-03-01 or 2026-03-01T06:00"
        ) from error


def written(given: Moment) -> str:
    """A day or an instant as people write it.

    >>> written(date(2026, 3, 1)), written(datetime.fromisoformat("2026-03-01T06:00+01:00"))
    ('2026-03-01', '2026-03-01 06:00 +01:00')
    """
    if not isinstance(given, datetime):
        return given.isoformat()
    offset = given.isoformat()[-6:] if given.tzinfo is not None else ""
    return f"{given:%Y-%m-%d %H:%M} {offset}".rstrip()


def begin_of(given: Moment, zone: ZoneInfo) -> datetime:
    """The instant from which on something is meant; without an offset in the zone."""
    if not isinstance(given, datetime):
        given = datetime.combine(given, time())
    return (given if given.tzinfo is not None else given.replace(tzinfo=zone)).astimezone(zone)


def end_of(given: Moment, zone: ZoneInfo) -> datetime:
    """The instant up to which something is meant: the end of a day that is named.

    >>> end_of(date(2026, 3, 1), ZoneInfo("Europe/Berlin")).isoformat()
    '2026-03-02T00:00:00+01:00'
    """
    return begin_of(given if isinstance(given, datetime) else given + DAY, zone)
