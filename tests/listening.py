"""Sentences read aloud by flite and recognised again by pocketsphinx, without a sound card.

The grammar is closed: pocketsphinx chooses among the sentences that it is given, with any entry in
their slots, and hears nothing else. What it can mishear is which sentence, and which entry.
"""

from __future__ import annotations

import re
import subprocess
import wave
from collections.abc import Iterable, Mapping
from pathlib import Path

from pocketsphinx import Decoder, get_model_path

SAMPLES_PER_SECOND = 16_000
VOICE = "slt"  # flite's, at that rate
DICTIONARY = "en-us/cmudict-en-us.dict"
SLOT = re.compile(r"\{(\w+)\}")


def read_aloud(text: str, path: Path) -> None:
    """Read a text into a wav file."""
    subprocess.run(["flite", "-voice", VOICE, "-t", text, "-o", str(path)], check=True)


def pronounceable(text: str, known: frozenset[str]) -> str:
    """A text with the words that the dictionary has not spelt in letters ("h v a c")."""
    return " ".join(word if word in known else " ".join(word) for word in text.split())


def known_words() -> frozenset[str]:
    """The words that pocketsphinx can pronounce."""
    entries = Path(get_model_path(DICTIONARY)).read_text(encoding="utf-8").splitlines()
    return frozenset(entry.split()[0] for entry in entries)


def grammar(sentences: Iterable[str], slots: Mapping[str, Iterable[str]]) -> str:
    """A grammar (JSGF) of sentences with slots in braces, and of what may stand in the slots."""
    rules = {
        "public <sentence>": (SLOT.sub(r"<\1>", sentence) for sentence in sentences),
        **{f"<{name}>": entries for name, entries in slots.items()},
    }
    lines = (f"{name} = {' | '.join(dict.fromkeys(texts))};" for name, texts in rules.items())
    return "\n".join(("#JSGF V1.0;", "grammar sentences;", *lines))


class Recogniser:
    """pocketsphinx with its English model and a grammar."""

    def __init__(self, rules: str, folder: Path) -> None:
        path = folder / "sentences.gram"
        path.write_text(rules, encoding="utf-8")
        self._decoder = Decoder(
            jsgf=str(path), lm=None, samprate=SAMPLES_PER_SECOND, loglevel="FATAL"
        )

    def heard(self, path: Path) -> str:
        """The sentence in a wav file; empty where nothing of the grammar is recognised."""
        with wave.open(str(path), "rb") as file:
            assert file.getframerate() == SAMPLES_PER_SECOND
            samples = file.readframes(file.getnframes())
        self._decoder.start_utt()
        self._decoder.process_raw(samples, full_utt=True)
        self._decoder.end_utt()
        hypothesis = self._decoder.hyp()
        return str(hypothesis.hypstr) if hypothesis is not None else ""
