"""Golden and negative utterances through OVOS's intent service, in both languages, by each route:
our plugin alone, the fallback alone, and each stock engine that the set has before our plugin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from enms_core.domain.intents import INTENTS
from enms_core.language.files import load_language
from skill_enms.topics import SKILL_ID
from tests.skill.conftest import ENGINES, FALLBACK, LANG, OTHER_LANGS, PLUGIN, Croft, Heard
from tests.skill.utterances import Contract, Golden, golden, negative

LANGS = (LANG, *OTHER_LANGS)
ROUTES = {
    "plugin": PLUGIN,
    "fallback": FALLBACK,
    **{name: (*stages, *PLUGIN) for name, stages in ENGINES.items()},
}
# padacioso starts processes at each utterance, which takes it half a second.
STRIDES = {"padacioso": 5}
MOST_LOST = 0.02
MOST_TAKEN = 0.02
LEAST_UNDERSTOOD = 0.95

of_each_language = pytest.mark.parametrize("lang", LANGS)
by_each_route = pytest.mark.parametrize("route", ROUTES)


def understood(croft: Croft, rows: Sequence[Golden], lang: str) -> dict[str, Contract]:
    """The utterances that the skill takes for what they are without OVOS, and its replies."""
    replies = {row: croft.skill.ask(row.utterance, lang) for row in rows}
    return {row.utterance: reply for row, reply in replies.items() if row.is_met(reply)}


def heard_by(croft: Croft, utterance: str, route: str, lang: str) -> Heard:
    """Heard in a session of its own."""
    return croft.hear(utterance, ROUTES[route], f"{route} {lang} {utterance}", lang)


@of_each_language
def test_the_utterances_are_enough_and_all_different(lang: str) -> None:
    rows, foreign = golden(lang), negative(lang)

    assert len(rows) >= 90 and len(foreign) >= 60
    assert len({*(row.utterance for row in rows), *foreign}) == len(rows) + len(foreign)
    assert set(INTENTS) == {row.intent for row in rows}
    assert min(Counter(row.intent for row in rows).values()) >= 2


@of_each_language
def test_golden_utterances_are_understood(croft: Croft, lang: str) -> None:
    rows = golden(lang)

    right = understood(croft, rows, lang)

    assert len(right) >= LEAST_UNDERSTOOD * len(rows), [
        row.utterance for row in rows if row.utterance not in right
    ]


@of_each_language
@by_each_route
def test_a_route_answers_what_the_skill_understands(croft: Croft, route: str, lang: str) -> None:
    rows = golden(lang)[:: STRIDES.get(route, 1)]
    right = understood(croft, rows, lang)

    heard = {utterance: heard_by(croft, utterance, route, lang).speech for utterance in right}

    lost = {
        utterance: (speech, right[utterance]["speech"])
        for utterance, speech in heard.items()
        if speech != [right[utterance]["speech"]]
    }
    assert len(lost) <= MOST_LOST * len(right), lost


@of_each_language
@by_each_route
def test_a_route_leaves_negative_utterances_to_others(croft: Croft, route: str, lang: str) -> None:
    foreign = negative(lang)[:: STRIDES.get(route, 1)]

    heard = {utterance: heard_by(croft, utterance, route, lang) for utterance in foreign}

    taken = {
        utterance: each.speech
        for utterance, each in heard.items()
        if each.speech or each.intent_files
    }
    assert len(taken) <= MOST_TAKEN * len(foreign), taken


@of_each_language
def test_what_an_engine_hands_us_by_mistake_is_not_understood(croft: Croft, lang: str) -> None:
    """An engine may take a sentence that is merely like one of ours, and OVOS then asks nobody
    else: one sentence says so, nothing is told about energy, and nothing is shown."""
    utterance = negative(lang)[0]
    expected = croft.skill.ask(utterance, lang)["speech"]

    heard = croft.handed(utterance, "energy", lang)

    assert expected in load_language(lang).dialogs["not_understood"]
    assert heard.speech == [expected]
    assert heard.values() == {}


def test_both_languages_are_offered_to_the_stock_engines(croft: Croft) -> None:
    registered = {
        (message.data["lang"].lower(), message.data["name"].split(":")[1].removesuffix(".intent"))
        for message in croft.minicroft.boot_messages
        if message.msg_type == "padatious:register_intent"
        and message.data["name"].startswith(SKILL_ID)
    }

    assert {lang for lang, _ in registered} == {lang.lower() for lang in LANGS}
    assert {(lang.lower(), "energy") for lang in LANGS} <= registered
