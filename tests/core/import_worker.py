"""`enms import` in a process of its own, to be killed."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence

from tqdm import tqdm

from enms_cli.main import main


def work(url: str, arguments: Sequence[str]) -> None:
    """Import as the command does, without its output."""
    os.environ["ENMS_DATABASE_URL"] = url
    tqdm.set_lock(threading.RLock())  # its own between processes outlives one that is killed
    with open(os.devnull, "w") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.exit(main(["import", *arguments]))
