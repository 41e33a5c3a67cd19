"""What was guessed about a file: shown, and on a terminal asked for.

All of it goes to stderr, so that the output of `--json` is JSON alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import writable
from enms_core.files.guessing import Choice, Found, Guessed, undecided

# So many options are listed, such as the meters of a file; others are told by their flag.
LISTED_OPTIONS = 20


class Person:
    """Who is at the terminal, if anybody is.

    is_terminal: False refuses what the file leaves open. takes_all: take what is certain without
    a question (`--yes`).
    """

    def __init__(self, *, is_terminal: bool, takes_all: bool) -> None:
        self._is_terminal = is_terminal
        self._takes_all = takes_all

    def choose(self, path: Path, choice: Choice) -> str:
        """The option whose number is typed. Raises ImportFailed where nobody types one."""
        if not self._is_terminal:
            raise undecided(path, choice)
        options = list(choice.options)
        _print(f"{path.name}: {choice.topic}? {choice.why}.")
        for number, option in enumerate(options[:LISTED_OPTIONS], 1):
            _print(f"  {number}  {option}")
        question = f"Which number? (or start again with {choice.flag}) "
        while (typed := _asked(question)) is not None:
            if typed.isdecimal() and 0 < int(typed) <= min(len(options), LISTED_OPTIONS):
                return options[int(typed) - 1]
        raise undecided(path, choice)

    def accept(self, guessed: Guessed) -> None:
        """Show what was found; on a terminal Enter says that it is right. Raises ImportFailed."""
        if not guessed.found:
            return
        _print(f"{guessed.plan.path.name}: found in the file")
        for line in table(guessed.found):
            _print(f"  {line}")
        if not self._is_terminal or self._takes_all:
            return
        typed = _asked("Is this right? [Y/n] ")
        if typed is None or typed.lower() not in ("", "y", "yes"):
            raise ImportFailed("say with flags what is otherwise; `enms import --help` lists them")


def table(found: Sequence[Found]) -> Iterator[str]:
    """Things found as lines of three columns: what, its value, and why."""
    rows = [(each.topic, each.value, each.why) for each in found]
    widths = [max(len(row[place]) for row in rows) for place in range(2)]
    for what, value, why in rows:
        yield f"{what:<{widths[0]}}  {value:<{widths[1]}}  {why}"


def _asked(question: str) -> str | None:
    """What is typed; None at the end of the input."""
    print(question, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _print(line: str) -> None:
    print(writable(line), file=sys.stderr)
