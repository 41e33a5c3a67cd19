"""Answers of every kind, and how each is said in its first phrasing: a module a feature.

Each module beside this one has CASES, by a name of its own.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.unit.answers.common import Case

CASES: dict[str, Case] = {
    f"{module.name}: {name}": case
    for module in iter_modules(__path__)
    if module.name != "common"
    for name, case in import_module(f"{__name__}.{module.name}").CASES.items()
}
