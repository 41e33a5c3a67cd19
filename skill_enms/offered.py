"""The language files as OVOS gets them: all dialogs, a few sentences of each intent, no word lists.

Our own understanding reads the whole files. Stock engines pay for each sentence at every utterance
of every skill, and Adapt learns each line of every .voc file, which our sentences are not made for.
They also take what is merely like a sentence: so those offered are typical of their intent, have
several words besides their slots, and no slot that could be anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ovos_utils.xdg_utils import xdg_cache_home

from enms_core.language.files import LanguageFiles, languages, load_language, resources_root
from enms_core.whole_files import whole_folder
from skill_enms.typical import Typical

TEMPLATES = 6
FEWEST_WORDS = 4  # besides the slots; shorter sentences are said to other skills too
SENTENCES = ".intent"
LEFT_OUT = frozenset({SENTENCES, ".voc", ".value"})
# Slots whose entries the skill tells OVOS. An example stands in for any other.
SLOTS = frozenset({"machine", "period", "energy_source"})
SLOT = re.compile(r"\{(\w+)\}")
CODE = Path(__file__).parent


def offered_resources(intents: Iterable[str], cache: Path | None = None) -> Path:
    """A folder with `locale/<lang>/...` for OVOS, made once for each state of the language files;
    two processes may start at once."""
    root = resources_root()
    intents = sorted(intents)
    offered = (cache or Path(xdg_cache_home()) / "skill-enms") / _state(root, intents)
    if not offered.is_dir():
        with whole_folder(offered) as unfinished:
            for target, text in {**_copied(root), **_chosen(intents)}.items():
                (unfinished / target).parent.mkdir(parents=True, exist_ok=True)
                (unfinished / target).write_text(text, encoding="utf-8")
    return offered


def few(files: LanguageFiles, intents: Iterable[str]) -> dict[str, list[str]]:
    """The sentences offered of each intent."""
    typical = Typical(files.intents)
    found = {}
    for intent in intents:
        filled = {text: _filled(text, files) for text in files.intents[intent]}
        complete = [text for text, sentence in filled.items() if _is_complete(sentence)]
        telling = [text for text in complete if len(SLOT.sub(" ", text).split()) >= FEWEST_WORDS]
        chosen = typical.chosen(intent, telling or complete, TEMPLATES)
        found[intent] = [filled[text] for text in chosen]
    return found


def _filled(template: str, files: LanguageFiles) -> str:
    """A template with an example in each slot that OVOS does not know, where there is any."""

    def example(slot: re.Match[str]) -> str:
        examples = files.entities.get(slot[1])
        return slot[0] if slot[1] in SLOTS or not examples else examples[0]

    return SLOT.sub(example, template)


def _is_complete(sentence: str) -> bool:
    return SLOTS.issuperset(SLOT.findall(sentence))


def _state(root: Path, intents: Sequence[str]) -> str:
    """A name for what is offered: of the files, of this code, and of the intents."""
    digest = hashlib.sha256("\0".join(intents).encode())
    sources = sorted(path for path in (root / "locale").rglob("*") if path.is_file())
    for path in (*sources, *sorted(CODE.glob("*.py"))):
        digest.update(f"{path.name}\0{path.parent.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _copied(root: Path) -> dict[Path, str]:
    """Text by place in the folder, of the files that are offered as they are."""
    return {
        path.relative_to(root): path.read_text(encoding="utf-8")
        for path in sorted((root / "locale").rglob("*"))
        if path.is_file() and path.suffix not in LEFT_OUT
    }


def _chosen(intents: Sequence[str]) -> dict[Path, str]:
    """The same of the sentences."""
    return {
        Path("locale", lang, "intents", f"{intent}{SENTENCES}"): "\n".join(sentences)
        for lang in languages()
        for intent, sentences in few(load_language(lang), intents).items()
    }
