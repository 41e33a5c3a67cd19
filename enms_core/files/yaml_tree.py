"""YAML as plain texts, lists and dictionaries that know the lines they stand in.

Every value stays the text that was written. YAML's own types would turn a machine's word `off` into
False, a meter's number 0123 into 83 and a time of 12:30 into 750.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from enms_core.domain.errors import ImportFailed

# A pattern such as *.csv looks like one.
ALIAS = "a text that begins with * needs quotation marks"
NOTHING = frozenset({"", "~", "null"})
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Tree:
    """What a file holds; lines: place of a value in it → its line, from 1."""

    value: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Sequence[str | int]) -> int | None:
        """The line of a place, or of what it would stand in."""
        for length in range(len(place), -1, -1):
            if tuple(place[:length]) in self.lines:
                return self.lines[tuple(place[:length])]
        return None


def read_yaml(path: Path) -> Tree:
    """The contents of a YAML file. Raises ImportFailed with the line of what cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except OSError as error:
        raise ImportFailed(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ImportFailed(f"{path} is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        problem = ALIAS if error.context == "while scanning an alias" else error.problem
        raise ImportFailed(f"{path.name} is no YAML: {problem}", line) from error
    except yaml.YAMLError as error:
        raise ImportFailed(f"{path.name} is no YAML: {error}") from error
    tree = Tree(None)
    return Tree(None if node is None else _value(node, (), tree.lines, path), tree.lines)


def _refuse_aliases(text: str) -> None:
    """An alias may stand for what it stands in, or for a billion of it; `defaults` do as well."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem=ALIAS, problem_mark=event.start_mark)


def _value(node: yaml.Node, place: Place, lines: dict[Place, int], path: Path) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _entries(node, place, lines, path)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, (*place, at), lines, path) for at, each in enumerate(node.value)]
    return None if node.style is None and node.value in NOTHING else node.value


def _entries(
    node: yaml.MappingNode, place: Place, lines: dict[Place, int], path: Path
) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise ImportFailed(f"{path.name}: a key is no text", line)
        if key.value in entries:
            raise ImportFailed(f"{path.name}: {key.value!r} is said twice", line)
        here = (*place, key.value)
        entries[key.value] = _value(value, here, lines, path)
        lines[here] = line
    return entries
