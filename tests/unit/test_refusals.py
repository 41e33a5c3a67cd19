"""Commands, and what belongs to other skills, are refused by their words."""

from __future__ import annotations

from functools import lru_cache

import pytest

from enms_core.domain.catalogue import Catalogue
from enms_core.language.files import load_language
from enms_core.language.model import LanguageModel
from enms_core.language.refusals import RefusalReader
from enms_core.language.sentence import Spotter
from enms_core.language.tokens import tokenize

COMMANDS = {
    "en-us": [
        "turn off the compressor",
        "turn the compressor off please",
        "switch the pump on again",
        "shut the boiler down when the shift ends",
        "power down the compressor",
        "restart the pump",
        "lower the temperature of the boiler",
        "open the valve at the boiler",
        "call maintenance for the pump",
    ],
    "de-de": [
        "schalte den kompressor aus",
        "schalt bitte die pumpe wieder ein",
        "mach den kessel jetzt aus",
        "stell die pumpe ab",
        "fahr den kessel wieder hoch",
        "schalte den kessel aus wenn die schicht endet",
        "könntest du die pumpe bitte anhalten",
        "senke den druck am kompressor um zwei bar",
        "öffne das ventil am kessel",
        "ruf die instandhaltung wegen der pumpe",
    ],
}
OF_OTHERS = {
    "en-us": [
        "set a timer for the boiler",
        "how much power does a toaster use",
        "what is electricity",
        "order a new pump",
        "remind me to check the boiler",
    ],
    "de-de": [
        "stell einen timer für den kessel auf zwanzig minuten",
        "wie viel watt braucht so ein toaster",
        "was ist eigentlich strom",
        "wie wird erdgas gefördert",
        "bestell eine neue pumpe",
        "warum ist meine stromrechnung zu hause so hoch",
    ],
}
OURS = {
    "en-us": [
        "what do we save if we turn off the boiler at night",
        "when did the compressor shut down",
        "when should we switch the boiler on",
        "turn off the alerts for the boiler",
        "switch to the new model",
        "what is the electricity consumption",
        "how much power does the boiler use",
        "remind me what the boiler used yesterday",
        "order the machines by cost",
    ],
    "de-de": [
        "was sparen wir wenn wir den kessel nachts ausschalten",
        "wann schaltet sich die pumpe üblicherweise ein",
        "lohnt es sich den kessel am wochenende abzuschalten",
        "schalte die warnungen für den kessel aus",
        "schalte auf das neue modell um",
        "mach mir einen bericht",
        "stell die tageswerte als reihe dar",
        "was ist der stromverbrauch",
        "wie viel watt braucht der kessel",
        "teil den verbrauch nach energieträgern auf",
    ],
}


@lru_cache
def _spotter(lang: str) -> Spotter:
    return LanguageModel(load_language(lang)).spotter(Catalogue())


def _is_refused(lang: str, text: str) -> bool:
    reader = RefusalReader(load_language(lang).vocabulary)
    return reader.refuses(_spotter(lang).read(tokenize(text)), text)


def _listed(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(lang, text) for lang, said in texts.items() for text in said]


@pytest.mark.parametrize(("lang", "text"), _listed(COMMANDS))
def test_a_command_to_a_machine_is_refused(lang: str, text: str) -> None:
    assert _is_refused(lang, text)


@pytest.mark.parametrize(("lang", "text"), _listed(OF_OTHERS))
def test_what_belongs_to_other_skills_is_refused(lang: str, text: str) -> None:
    assert _is_refused(lang, text)


@pytest.mark.parametrize(("lang", "text"), _listed(OURS))
def test_a_question_about_such_a_command_is_ours(lang: str, text: str) -> None:
    assert not _is_refused(lang, text)


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [
        ("dim the lamp now", True),
        ("dim that lamp", True),
        ("dim the lamp of the hall", False),
        ("sing of the lamp", True),
        ("stop 5 lamps", True),
        ("stop the lamps", False),
        ("why dim the lamp", False),
        ("dim the lamp of the model", False),
    ],
)
def test_gaps_ends_and_slots_of_an_entry(text: str, is_refused: bool) -> None:
    words = {
        "not_ours": ("sing ...", "stop {count} lamps"),
        "not_ours_command": ("dim ... lamp",),
        "not_ours_small": ("now",),
        "question_word": ("why",),
        "command_ours": ("model",),
        "not_ours_forbidding": (),
        "not_ours_instead": (),
    }
    sentence = _spotter("en-us").read(tokenize(text))

    assert RefusalReader(words).refuses(sentence, text) is is_refused
