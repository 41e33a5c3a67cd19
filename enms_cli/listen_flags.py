"""The flags of `enms listen`."""

from __future__ import annotations

import argparse
import platform
from pathlib import Path
from typing import TYPE_CHECKING

from enms_cli import commands as run

if TYPE_CHECKING:
    from enms_cli.main import Subparsers


def add_listen(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """The command `listen` with its two ways in."""
    command = commands.add_parser("listen", help="store readings as meters send them")
    ways = command.add_subparsers(dest="way", required=True, metavar="WAY")
    mqtt = ways.add_parser("mqtt", help="messages of an MQTT broker", parents=[common])
    mqtt.add_argument("url", metavar="URL", help="mqtt[s]://[user:password@]host[:port]")
    mqtt.add_argument(
        "--client-id",
        default=f"enms-{platform.node()}",
        help="names our session on the broker (%(default)s)",
    )
    lines = ways.add_parser("stdin", help="a JSON object a line", parents=[common])
    for way in (mqtt, lines):
        way.add_argument(
            "--map", type=Path, required=True, metavar="MAPPING", help="YAML file with `listen:`"
        )
        way.add_argument(
            "--reject-file",
            type=Path,
            default=Path("refused.jsonl"),
            metavar="FILE",
            help="refused messages are added to it, with the reason (%(default)s)",
        )
    command.set_defaults(run=run.listen)
