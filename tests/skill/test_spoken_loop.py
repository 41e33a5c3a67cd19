"""A voice in, an answer out: flite reads a question aloud, pocketsphinx writes it down, and OVOS
answers it.

The grammar holds the golden utterances and the sentences that stock engines are offered, all with
any machine, period and energy source in them. It is closed: a free recogniser hears worse.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from enms_core.domain.intents import INTENTS
from enms_core.language.files import LanguageFiles, load_language
from skill_enms.entities import machine_names
from skill_enms.offered import SLOT, few
from tests.skill.conftest import LANG, Croft
from tests.skill.utterances import Golden, golden
from tests.unit.catalogues import demo_catalogue

if shutil.which("flite") is None:
    pytest.skip("flite is not installed (Debian: apt install flite)", allow_module_level=True)
listening = pytest.importorskip("tests.listening", reason="pocketsphinx has no wheel here")

SPOKEN = 30
LEAST_RIGHT = 27


def pronounced(known: frozenset[str]) -> dict[str, Golden]:
    """The golden utterances by what is read aloud."""
    spelt = {listening.pronounceable(row.utterance, known): row for row in golden(LANG)}
    return {text: row for text, row in spelt.items() if known.issuperset(text.split())}


def entries(files: LanguageFiles, known: frozenset[str]) -> Mapping[str, Sequence[str]]:
    """What may be said in each slot."""
    listed = {
        "machine": machine_names(demo_catalogue(), files.lang),
        "period": files.entities["period"],
        "energy_source": files.entities["energy_source"],
    }
    return {
        name: [listening.pronounceable(text, known) for text in texts if not re.search(r"\d", text)]
        for name, texts in listed.items()
    }


def with_slots(utterance: str, slots: Mapping[str, Sequence[str]]) -> str:
    """An utterance with slots in place of what is listed for them, the longest first."""
    by_text = {text: name for name, texts in slots.items() for text in texts}
    listed = "|".join(map(re.escape, sorted(by_text, key=len, reverse=True)))
    return re.sub(rf"\b({listed})\b", lambda match: f"{{{by_text[match[1]]}}}", utterance)


def sentences(files: LanguageFiles, known: frozenset[str]) -> Iterator[str]:
    """What stock engines are offered of all intents, as far as it can be pronounced."""
    for texts in few(files, sorted(INTENTS)).values():
        yield from (text for text in texts if known.issuperset(SLOT.sub(" ", text).split()))


def test_spoken_questions_are_answered(croft: Croft, tmp_path: Path) -> None:
    files, known = load_language("en-us"), listening.known_words()
    slots, questions = entries(files, known), pronounced(known)
    grammar = [*(with_slots(text, slots) for text in questions), *sentences(files, known)]
    recogniser = listening.Recogniser(listening.grammar(grammar, slots), tmp_path)
    chosen = list(questions.items())[::3][:SPOKEN]

    wrong = []
    for number, (text, row) in enumerate(chosen):
        listening.read_aloud(text, tmp_path / f"{number}.wav")
        heard = recogniser.heard(tmp_path / f"{number}.wav")
        answer = croft.hear(heard, session=f"spoken {number}").speech
        written = croft.skill.ask(row.utterance, LANG)["speech"]
        if not row.is_met(croft.skill.ask(heard, LANG)) or answer != [written]:
            wrong.append((text, heard, answer))

    assert len(chosen) == SPOKEN
    assert len(chosen) - len(wrong) >= LEAST_RIGHT, wrong
