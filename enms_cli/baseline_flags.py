"""The flags of `enms train`, `enms baseline` and `enms predict`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from enms_cli import commands as run
from enms_cli.intermixed import IntermixedParser

if TYPE_CHECKING:
    from enms_cli.main import Subparsers

IN_ANY_ORDER: type[argparse.ArgumentParser] = IntermixedParser
SEU_HELP = "name of the significant energy use, or of its machine"


def add_train(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `train`."""
    command = commands.add_parser("train", help="train an energy baseline", parents=[common])
    _add_seu(command, nargs="?")
    command.add_argument("--all", action="store_true", help="train every SEU of the factories")
    command.add_argument(
        "--drivers", metavar="A,B", default="auto", help="drivers, or auto: what the data suggest"
    )
    _add_period(command, "the last twelve months with readings")
    command.add_argument(
        "--grain", choices=("hour", "day"), default="hour", help="a model of hours or of days"
    )
    command.add_argument(
        "--include-backfill", action="store_true", help="use readings that were filled in later"
    )
    _add_activate(command)
    _add_now(command)
    _add_json(command, "one JSON object an SEU")
    command.set_defaults(run=run.train)


def add_baseline(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `baseline` with its actions."""
    command = commands.add_parser("baseline", help="look at trained baselines", parents=[common])
    actions = command.add_subparsers(
        dest="action", required=True, metavar="ACTION", parser_class=IN_ANY_ORDER
    )
    listing = actions.add_parser("list", help="which versions there are", parents=[common])
    _add_seu(listing, nargs="?")
    show = actions.add_parser("show", help="all that is known of a version", parents=[common])
    _add_seu(show)
    _add_version(show, "the active one, else the newest")
    show.add_argument("--plot", type=Path, metavar="FILE", help="draw it to FILE.png or FILE.svg")
    _add_now(show)
    compare = actions.add_parser("compare", help="two versions side by side", parents=[common])
    _add_seu(compare)
    compare.add_argument("versions", type=int, nargs="*", metavar="N", help="two versions")
    activate = actions.add_parser("activate", help="make a version active", parents=[common])
    _add_seu(activate)
    activate.add_argument("version", type=int, metavar="N")
    for action in (listing, show, compare, activate):
        _add_json(action, "one JSON object")
    export = actions.add_parser("export", help="write all versions to a file", parents=[common])
    _add_seu(export)
    export.add_argument("path", type=Path, nargs="?", metavar="FILE", help="without: the terminal")
    export.add_argument("--format", choices=("csv", "json"), required=True)
    command.set_defaults(run=run.baseline)


def add_predict(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `predict`."""
    command = commands.add_parser(
        "predict", help="what an SEU should use, by its baseline", parents=[common]
    )
    _add_seu(command)
    command.add_argument(
        "--at",
        nargs="+",
        action="extend",
        metavar="DRIVER=VALUE",
        default=[],
        help="the use of one hour (day) at these values; others stand at their mean",
    )
    _add_period(command, "today")
    _add_version(command, "the active one")
    _add_now(command)
    _add_json(command, "one JSON object")
    command.set_defaults(run=run.predict)


def _add_activate(command: argparse.ArgumentParser) -> None:
    """One of two, or neither; argparse's action for such a pair would take the last of both."""
    choice = command.add_mutually_exclusive_group()
    choice.add_argument(
        "--activate",
        action="store_true",
        default=None,
        help="make it the active version, valid or not; without: only if it is valid",
    )
    choice.add_argument(
        "--no-activate",
        dest="activate",
        action="store_false",
        default=None,
        help="store it beside the active version",
    )


def _add_seu(command: argparse.ArgumentParser, nargs: str | None = None) -> None:
    command.add_argument("seu", metavar="SEU", nargs=nargs, help=SEU_HELP)
    command.add_argument("--source", help="energy source, where a machine has several SEUs")


def _add_period(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "--from", dest="begin", metavar="D", help=f"from this day or ISO 8601 time on ({default})"
    )
    command.add_argument(
        "--to", dest="end", metavar="D", help="up to the end of this day, or up to this time"
    )


def _add_version(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument("--version", type=int, metavar="N", help=f"the version ({default})")


def _add_now(command: argparse.ArgumentParser) -> None:
    command.add_argument("--now", metavar="ISO", help="as of this ISO 8601 time")


def _add_json(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument("--json", action="store_true", help=what)
