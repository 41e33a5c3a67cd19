"""What an answer must hold, and which of it must be heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from tests.core.oracle.case import Case

Data = dict[str, Any]


@dataclass(frozen=True)
class Expected:
    """The whole `data` of an answer, and what of it must be spoken.

    said: figures with their units, in the unit of the readings. at: instants by their time of day;
    on: instants by their weekday, both in the zone of the site.
    """

    data: Data
    said: tuple[tuple[float, str], ...] = ()
    at: tuple[datetime, ...] = ()
    on: tuple[datetime, ...] = ()


Truths = Callable[[Case, psycopg.Connection], Expected]
