"""Values inside columns of JSON: how a register names them, and the SQL that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

JSON_TYPES = frozenset({"json", "jsonb"})
ARROW_TEXT = "->"
ARROW = re.compile(r"\s*->>?\s*")
# A number as text, with an exponent that keeps it one of double precision where it is not longer
# than LONGEST. Plain ones are told without it, in a fifth of the time. Classes such as \s and \d
# hold more in Unicode than the server's cast takes, which would fail on all rows for one of them.
SPACE = r"[ \t\n\r\f\v]*"
DIGITS = "[0-9]"
NUMBER = f"^{SPACE}[-+]?({DIGITS}+\\.?{DIGITS}*|\\.{DIGITS}+)([eE][-+]?{DIGITS}{{1,2}})?{SPACE}$"
LONGEST = 100


def split_path(name: str) -> tuple[str, tuple[str, ...]]:
    """The column and the keys into it that a register's `source_column` names.

    >>> split_path("metadata->moisture")
    ('metadata', ('moisture',))
    >>> split_path("facts -> 'batch' ->> 'dry matter'")
    ('facts', ('batch', 'dry matter'))
    >>> split_path("outdoor_temp_c")
    ('outdoor_temp_c', ())
    """
    column, *keys = ARROW.split(name.strip())
    return column, tuple(map(_unquoted, keys))


def path_name(column: str, path: Iterable[str]) -> str:
    """One name for a path, whoever wrote it.

    >>> path_name(*split_path("facts ->> 'batch'"))
    'facts->batch'
    """
    return ARROW_TEXT.join((column, *path))


def is_path(name: str) -> bool:
    """Whether a name of path_name is one into a column of JSON."""
    return ARROW_TEXT in name


def number_at(column: str, path: str) -> str:
    """SQL for the number at a path; NULL where there is none.

    column: quoted, of type json or jsonb. path: SQL of an array of keys.
    """
    value = f"({column} #>> {path})"
    digits = "'0123456789'"
    return (
        f"CASE WHEN length({value}) > {LONGEST} THEN NULL"
        f" WHEN translate({value}, {digits}, '') IN ('', '.') AND {value} NOT IN ('', '.')"
        f" THEN {value}::double precision"
        f" WHEN {value} ~ '{NUMBER}' THEN {value}::double precision END"
    )


def _unquoted(key: str) -> str:
    is_quoted = len(key) >= 2 and key[0] == key[-1] == "'"
    return key[1:-1].replace("''", "'") if is_quoted else key
