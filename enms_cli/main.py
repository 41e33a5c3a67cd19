"""The command `enms`: reads the arguments and calls one command.

Exit codes: 0 for every outcome but `error` (1) and wrong usage (2).
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from enms_cli import commands as run
from enms_cli.baseline_flags import add_baseline, add_predict, add_train
from enms_cli.import_flags import add_import
from enms_cli.kpi_flags import add_kpi
from enms_cli.listen_flags import add_listen
from enms_cli.performance_flags import add_analyze, add_opportunities
from enms_cli.plan_flags import add_plan
from enms_core.domain.errors import EnmsError, LanguageMissing
from enms_core.settings import Settings

if TYPE_CHECKING:  # the type that add_subparsers returns has no public name
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    options = _parser().parse_args(arguments)
    try:
        settings = Settings()
        if options.command == "demo" and options.demo_command is None:
            from enms_cli.demo import run_demo  # the assistant's packages, only needed here

            return run_demo(settings, options.ask)
        code: int = asyncio.run(options.run(options, settings))
        return code
    except (EnmsError, ValueError) as error:
        print(f"enms: {error}", file=sys.stderr)
        is_failure = isinstance(error, EnmsError) and not isinstance(error, LanguageMissing)
        return 1 if is_failure else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # who reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="enms", description="Ask a factory about its energy.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--empty", action="store_true", help="start a new embedded database without the demo plant"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_asking(commands, common)
    add_import(commands, common)
    add_listen(commands, common)
    add_train(commands, common)
    add_baseline(commands, common)
    add_predict(commands, common)
    add_kpi(commands, common)
    add_plan(commands, common)
    add_analyze(commands, common)
    add_opportunities(commands, common)
    _add_database(commands, common)
    _add_doctor(commands, common)
    _add_demo(commands, common)
    return parser


def _add_asking(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    for name, purpose in (
        ("ask", "ask a question and print the answer"),
        ("understand", "print what a question is taken for, without answering it"),
    ):
        command = commands.add_parser(name, help=purpose, parents=[common])
        what = command.add_mutually_exclusive_group(required=True)
        what.add_argument("text", nargs="?", help="the question")
        what.add_argument("--file", type=Path, help="one question a line, text or JSON; - is stdin")
        command.add_argument("--lang", default=None, help="language of the question (en-us)")
        command.add_argument("--now", type=_moment, help="answer as of this ISO 8601 time")
        command.add_argument("--session", help="continue the conversation of this name")
        command.add_argument("--json", action="store_true", help="one JSON object a question")
        command.set_defaults(run=run.ask, only_understand=name == "understand")


def _add_database(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    command = commands.add_parser("db", help="look after the database", parents=[common])
    actions = command.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("status", help="which database, schema and contents", parents=[common])
    actions.add_parser("upgrade", help="bring the schema to this version", parents=[common])
    actions.add_parser("refresh", help="aggregate what has changed", parents=[common])
    actions.add_parser(
        "drop-rollups", help="take the aggregates away, to change their tables", parents=[common]
    )
    backup = actions.add_parser("backup", help="write the database to a file", parents=[common])
    backup.add_argument("path", type=Path, metavar="FILE")
    backup.add_argument("--force", action="store_true", help="replace FILE where it exists")
    restore = actions.add_parser("restore", help="bring a backup back", parents=[common])
    restore.add_argument("path", type=Path, metavar="FILE", help="written by enms db backup")
    restore.add_argument("--replace", action="store_true", help="replace what is in the database")
    log = actions.add_parser("log", help="who wrote what, newest first", parents=[common])
    log.add_argument("--limit", type=int, default=20, help="so many entries (20)")
    log.add_argument("--json", action="store_true", help="one JSON object an entry")
    command.set_defaults(run=run.database)


def _add_doctor(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    command = commands.add_parser("doctor", help="examine the stored data", parents=[common])
    command.add_argument(
        "--data", action="store_true", required=True, help="examine readings and registers"
    )
    command.add_argument("--since", type=_moment, help="from this ISO 8601 time on")
    command.add_argument("--until", type=_moment, help="up to this ISO 8601 time")
    command.add_argument("--now", type=_moment, help="examine as of this ISO 8601 time")
    command.add_argument(
        "--limit", type=int, default=20, help="findings to list per check and machine (20)"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a finding")
    command.set_defaults(run=run.doctor)


def _add_demo(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    command = commands.add_parser("demo", help="the demo plant and a conversation about it")
    command.add_argument("--ask", help="ask the assistant this one question and end")
    actions = command.add_subparsers(dest="demo_command", metavar="ACTION")
    seed = actions.add_parser(
        "seed", help="fill the database with the demo plant", parents=[common]
    )
    seed.add_argument("--now", type=_moment, help="generate up to this ISO 8601 time")
    seed.add_argument("--seed", type=int, default=50001, help="another plant of the same kind")
    seed.add_argument("--plain", action="store_true", help="plant no faults and no waste")
    seed.add_argument("--second-country", action="store_true", help="add a factory in the USA")
    seed.set_defaults(run=run.seed)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
