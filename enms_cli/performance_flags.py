"""The flags of `enms analyze` and `enms opportunities`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from enms_cli import commands as run
from enms_cli.asked_flags import add_scope

if TYPE_CHECKING:
    from enms_cli.main import Subparsers


def add_analyze(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `analyze`."""
    command = commands.add_parser(
        "analyze", help="actual against expected use, and why", parents=[common]
    )
    add_scope(command, "today")
    command.add_argument("--why", action="store_true", help="also where several SEUs are compared")
    command.add_argument(
        "--plot",
        type=Path,
        metavar="FILE",
        help="draw one SEU: actual and expected, CUSUM, contributions (.png or .svg)",
    )
    command.set_defaults(run=run.analyze)


def add_opportunities(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `opportunities`."""
    command = commands.add_parser(
        "opportunities", help="where energy could be saved", parents=[common]
    )
    add_scope(command, "last 30 days")
    command.set_defaults(run=run.opportunities)
