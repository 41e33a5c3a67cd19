"""The flags of `enms kpi`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from enms_cli import commands as run
from enms_cli.asked_flags import add_scope
from enms_core.domain.intents import INTENTS

if TYPE_CHECKING:
    from enms_cli.main import Subparsers


def add_kpi(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `kpi`."""
    command = commands.add_parser("kpi", help="key performance indicators", parents=[common])
    add_scope(command, "today")
    command.add_argument(
        "--metric", choices=INTENTS["kpi"].metrics, default="all", help="which indicator (all)"
    )
    command.set_defaults(run=run.kpi)
