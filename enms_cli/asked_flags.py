"""The flags that questions about machines, a source and a period share."""

from __future__ import annotations

import argparse


def add_scope(command: argparse.ArgumentParser, default_period: str) -> None:
    """Machines, source, period, the time it is asked at, and JSON."""
    command.add_argument(
        "machines", metavar="MACHINE", nargs="*", help="machines, or one factory (everything)"
    )
    command.add_argument("--source", help="energy source (those that are purchased)")
    command.add_argument(
        "--period", metavar="WORDS", help=f'such as "last month" ({default_period})'
    )
    command.add_argument(
        "--from", dest="begin", metavar="D", help="from this day or ISO 8601 time on"
    )
    command.add_argument(
        "--to", dest="end", metavar="D", help="up to the end of this day, or up to this time (now)"
    )
    command.add_argument("--now", metavar="ISO", help="as of this ISO 8601 time")
    command.add_argument("--json", action="store_true", help="one JSON object")
