"""The usual week of a machine."""

from __future__ import annotations

from dataclasses import dataclass

HOURS_OF_WEEK = 7 * 24


@dataclass(frozen=True)
class RunningHours:
    """Hours in which a machine usually runs, and on which days they begin (Monday = 0).

    start_hour: of the local day, 0 to 23. hours: how long, up to the whole week.
    """

    weekdays: tuple[int, ...]
    start_hour: int
    hours: int

    @property
    def stop_hour(self) -> int:
        """Of the local day on which they end."""
        return (self.start_hour + self.hours) % 24

    @property
    def is_always(self) -> bool:
        return self.hours == HOURS_OF_WEEK

    def stop_weekday(self, weekday: int) -> int:
        """The day on which the hours that begin on a weekday end."""
        return (weekday + (self.start_hour + self.hours) // 24) % 7

    def data(self) -> dict[str, object]:
        return {
            "weekdays": list(self.weekdays),
            "starts_at": f"{self.start_hour:02}:00",
            "stops_at": f"{self.stop_hour:02}:00",
            "hours": self.hours,
        }


@dataclass(frozen=True)
class WeekPattern:
    """shares: how much of each hour of the local week the machine ran, 0 to 1, from Monday at
    midnight. windows: when it usually runs; none where it usually stands still."""

    shares: tuple[float, ...]
    windows: tuple[RunningHours, ...]

    @property
    def is_around_the_clock(self) -> bool:
        return any(window.is_always for window in self.windows)

    def data(self) -> dict[str, object]:
        """`starts_at` and `stops_at` where the machine has the same hours on all its days."""
        only = self.windows[0] if len(self.windows) == 1 else None
        daily = only if only is not None and only.hours <= 24 else None
        return {
            "starts_at": daily.data()["starts_at"] if daily else None,
            "stops_at": daily.data()["stops_at"] if daily else None,
            "is_around_the_clock": self.is_around_the_clock,
            "windows": [window.data() for window in self.windows],
            "hourly_shares": list(self.shares),
        }
