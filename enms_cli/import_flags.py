"""The flags of `enms import`, and what they say about the file."""

from __future__ import annotations

import argparse
from datetime import timedelta
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from enms_cli import commands as run
from enms_core.domain.durations import duration
from enms_core.domain.imports import LARGEST_GAP, RowFilter

if TYPE_CHECKING:
    from enms_cli.main import Subparsers


def add_import(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `import` with its flags. What a flag does not say is found from the file."""
    command = commands.add_parser(
        "import", help="store readings from CSV files and spreadsheets", parents=[common]
    )
    command.add_argument(
        "path", type=Path, metavar="FILE", nargs="?", help="CSV, also gzip, or an Excel workbook"
    )
    command.add_argument("--map", type=Path, metavar="MAPPING", help="a YAML file names all files")
    _add_place(command)
    _add_reading_flags(command)
    _add_table_flags(command)
    _add_ways(command)
    command.set_defaults(run=run.import_files)


def _add_place(command: argparse.ArgumentParser) -> None:
    place = command.add_argument_group("whose readings they are")
    place.add_argument("--machine", help="name of the machine; made if it is new")
    place.add_argument("--source", help="energy source, such as electricity")
    place.add_argument("--type", dest="machine_type", help="kind of machine, if it is new")
    place.add_argument("--factory", help="its factory; made with --timezone if it is new")
    place.add_argument("--timezone", help="IANA zone of a new factory and of the stamps")
    place.add_argument("--currency", help="ISO 4217 code of a new factory's money")
    place.add_argument("--seu", metavar="NAME", help="make a significant energy use, so named")


def _add_reading_flags(command: argparse.ArgumentParser) -> None:
    values = command.add_argument_group("what the values are")
    values.add_argument("--value-column", help="column of the values")
    values.add_argument("--unit", help="unit of the values")
    values.add_argument(
        "--kwh-per-unit",
        type=positive,
        metavar="X",
        help="of values in energy, where the source is metered as a volume or a mass",
    )
    values.add_argument(
        "--kind",
        choices=("interval", "counter", "power"),
        help="amount of each interval, a register that goes up, or a rate",
    )
    values.add_argument(
        "--also",
        nargs="+",
        action="append",
        metavar=("WHAT", "COLUMN"),
        default=[],
        help="status, production or weather, and its columns; again for another",
    )
    values.add_argument("--interval", type=duration, help="of the readings, such as 15min or 1h")
    values.add_argument(
        "--largest-gap",
        type=duration,
        metavar="LENGTH",
        help=f"that counters and power are carried over ({LARGEST_GAP // timedelta(hours=1)}h)",
    )
    values.add_argument(
        "--register-digits",
        type=int,
        choices=range(1, 16),
        metavar="N",
        help="of a counter before it rolls over",
    )
    values.add_argument(
        "--highest-rate",
        type=positive,
        metavar="X",
        help="of a counter, in the source's unit per hour: rises up to it are real",
    )
    values.add_argument("--serial-column", help="column that names the counter's meter")
    values.add_argument(
        "--rows",
        type=row_filter,
        metavar="COLUMN=VALUE",
        help="only these rows, in a file of several meters",
    )


def _add_table_flags(command: argparse.ArgumentParser) -> None:
    table = command.add_argument_group("how the file is written")
    table.add_argument("--time-column", help="column of the stamps")
    table.add_argument("--clock-column", help="column of the time of day, if it stands apart")
    table.add_argument("--time-format", help="of strptime, or 'ISO 8601', 'epoch s', 'epoch ms'")
    table.add_argument(
        "--stamp",
        choices=("start", "end"),
        help="whether a stamp is the start or the end of its interval",
    )
    table.add_argument("--decimal", choices=(".", ","), help="decimal sign")
    table.add_argument("--delimiter", type=delimiter, help="column separator, or tab")
    table.add_argument("--encoding", help="such as utf-8 or cp1252")
    table.add_argument("--sheet", help="of a workbook")


def _add_ways(command: argparse.ArgumentParser) -> None:
    command.add_argument("--replace", action="store_true", help="replace values that differ")
    command.add_argument("--dry-run", action="store_true", help="tell what would be stored")
    command.add_argument("--yes", action="store_true", help="take what is found, do not ask")
    command.add_argument(
        "--rejects", type=Path, metavar="LIST", help="where refused rows are listed"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a file")


def delimiter(text: str) -> str:
    r"""A separator; tab and \t are words for what a shell hardly lets type.

    >>> delimiter("tab"), delimiter(";")
    ('\t', ';')
    """
    return "\t" if text in ("tab", r"\t") else text


def positive(text: str) -> float:
    """A number above zero; ValueError for another text."""
    number = float(text)
    if not 0 < number < inf:
        raise ValueError(text)
    return number


def row_filter(text: str) -> RowFilter:
    """COLUMN=VALUE; ValueError without a column."""
    column, sign, value = text.partition("=")
    if not sign or not column.strip():
        raise ValueError(text)
    return RowFilter(column.strip(), value.strip())
