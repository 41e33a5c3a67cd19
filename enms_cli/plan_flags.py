"""The flags of `enms plan`."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from enms_cli import commands as run

if TYPE_CHECKING:
    from enms_cli.main import Subparsers

# What a measure costs at most: domain/payback.py, which takes long to load.
MOST = 10**15


def add_plan(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `plan` with its actions."""
    command = commands.add_parser("plan", help="action plans", parents=[common])
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = _action(actions, common, "list", "which there are")
    listing.add_argument("--all", action="store_true", help="completed and cancelled ones too")
    show = _action(actions, common, "show", "one with all its figures, and what it saved")
    create = _action(actions, common, "create", "make one of what is found, and store it")
    create.add_argument("machine", metavar="MACHINE", help="the machine that it is for")
    create.add_argument("--title", help="a title of your own")
    create.add_argument(
        "--cost", type=_amount, metavar="AMOUNT", help="what it costs, in the site's currency"
    )
    create.add_argument("--dry-run", action="store_true", help="store nothing")
    update = _action(actions, common, "update", "change who does it, until when, how far it is")
    complete = _action(actions, common, "complete", "mark one as completed")
    cancel = _action(actions, common, "cancel", "mark one as cancelled")
    for command in (show, update, complete, cancel):
        command.add_argument("plan", metavar="PLAN", help="words of its title, or its number")
    update.add_argument("--status", choices=("planned", "in_progress"), help="how far it is")
    update.add_argument("--progress", type=_percent, metavar="PERCENT", help="how far it is")
    for command in (create, update):
        command.add_argument("--person", metavar="NAME", help="who is responsible")
        command.add_argument("--due", metavar="DAY", help="until when, as YYYY-MM-DD")


def _action(
    actions: Subparsers, common: argparse.ArgumentParser, name: str, purpose: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=purpose, parents=[common])
    action.add_argument("--now", metavar="ISO", help="as of this ISO 8601 time")
    action.add_argument("--json", action="store_true", help="one JSON object")
    action.set_defaults(run=run.plan)
    return action


def _percent(text: str) -> float:
    value = float(text.removesuffix("%"))
    if not 0.0 <= value <= 100.0:
        raise ValueError(text)
    return value


def _amount(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not (value.is_finite() and 0 < value <= MOST):
        raise ValueError(text)
    return value
