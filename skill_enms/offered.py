"""The language files as OVOS gets them: all dialogs, a few sentences of each intent, no word lists.

Our own understanding reads the whole files. Stock engines pay for each sentence at every utterance
of every skill (padacioso: 45 ms for 150 templates, 830 ms for 1,000), and Adapt learns each line of
every .voc file, which our sentences are not made for.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ovos_utils.xdg_utils import xdg_cache_home

from enms_core.language.files import resources_root

TEMPLATES = 6
SHORTEST_WORDS = 4  # shorter ones are said to other skills too: "again", "any news"
LEFT_OUT = frozenset({".voc", ".value"})


def offered_resources(intents: Iterable[str], cache: Path | None = None) -> Path:
    """A folder with `locale/<lang>/...` for OVOS, made once for each state of the language files.

    Made under another name and renamed, since two processes may start at once.
    """
    root = resources_root()
    files = _offered_files(root, frozenset(intents))
    digest = hashlib.sha256()
    for target, text in files.items():
        digest.update(f"{target}\0{text}\0".encode())
    offered = (cache or Path(xdg_cache_home()) / "skill-enms") / digest.hexdigest()[:16]
    if not offered.is_dir():
        _write(files, offered)
    return offered


def few(templates: Sequence[str]) -> list[str]:
    """Some templates from all over the file: one hand wrote each stretch of it."""
    told = [each for each in templates if len(each.split()) >= SHORTEST_WORDS] or list(templates)
    step = max(1, len(told) // TEMPLATES)
    return list(told[::step][:TEMPLATES])


def _offered_files(root: Path, intents: frozenset[str]) -> dict[Path, str]:
    """Text by place in the folder."""
    files: dict[Path, str] = {}
    for path in sorted((root / "locale").rglob("*")):
        if not path.is_file() or path.suffix in LEFT_OUT:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".intent":
            if path.stem not in intents:
                continue
            text = "\n".join(few([line for line in text.splitlines() if _is_template(line)]))
        files[path.relative_to(root)] = text
    return files


def _is_template(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")


def _write(files: dict[Path, str], offered: Path) -> None:
    offered.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=offered.parent))
    for target, text in files.items():
        (unfinished / target).parent.mkdir(parents=True, exist_ok=True)
        (unfinished / target).write_text(text, encoding="utf-8")
    try:
        unfinished.rename(offered)
    except OSError:  # another process was quicker; its folder is the same
        shutil.rmtree(unfinished)
        if not offered.is_dir():
            raise
