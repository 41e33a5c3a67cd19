"""How energy sources, their significant uses and their drivers are listed."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.catalogue import EnergySource, RefusedDriver
from enms_core.domain.listing import DriverList, SeuList, SourceDrivers, SourceList
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import brief, counted
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice


def say_source_list(answer: SourceList, voice: Voice) -> list[Dialog]:
    """The sources with their units, and who makes them; of sources asked for, their machines."""
    scope = answer.question.scope
    issues = say_issues(answer.issues, voice, len(scope.machine_ids), len(answer.sources))
    if answer.question.sources:
        return [*_users(answer, voice), *issues]
    sources = [each.source for each in answer.sources]
    units = voice.words.listed([_with_unit(source, voice) for source in sources], whole=True)
    said: list[Dialog] = [("source_list", {"scope": voice.scope(scope), "sources": units})]
    for is_purchased, dialog in ((True, "sources_purchased"), (False, "sources_produced")):
        names = [source.name for source in sources if source.is_purchased is is_purchased]
        if names:
            said.append((dialog, {"sources": voice.sources(names)}))
    return [*said, *issues]


def _users(answer: SourceList, voice: Voice) -> list[Dialog]:
    return [
        (
            "source_users",
            {
                "source": voice.words.source(each.source.name),
                "machines": brief(
                    voice.distinct_names([machine.id for machine in each.machines]),
                    answer.question,
                    voice,
                ),
            },
        )
        for each in answer.sources
    ]


def _with_unit(source: EnergySource, voice: Voice) -> str:
    name = voice.words.source(source.name)
    if not source.unit:
        return name
    unit = voice.words.unit(source.unit)[-1]
    return voice.words.phrase("source_in_unit", {"source": name, "unit": unit})


def say_seu_list(answer: SeuList, voice: Voice) -> list[Dialog]:
    """How many significant energy uses there are, and what they are called."""
    issues = say_issues(answer.issues, voice, len(answer.question.scope.machine_ids), 1)
    sources = voice.sources([source.name for source in answer.sources]) if answer.sources else None
    if not answer.seus:
        none: Dialog = ("seus_none_of", {"sources": sources}) if sources else ("seus_none", {})
        return [none, *issues]
    names = [voice.words.name(entry.seu.name) for entry in answer.seus]
    slots = {
        "uses": counted("seus", len(names), voice),
        "names": brief(names, answer.question, voice),
    }
    if sources:
        return [("seu_list_of", {**slots, "sources": sources}), *issues]
    return [("seu_list", slots), *issues]


def say_driver_list(answer: DriverList, voice: Voice) -> list[Dialog]:
    """What may drive each source, and what is registered for it and cannot be used."""
    if not answer.sources:
        return [("source_list_none", {})]
    return [
        dialog
        for each in answer.sources
        for dialog in (_drivers(each, answer, voice), *_refused(each, voice))
    ]


def _drivers(each: SourceDrivers, answer: DriverList, voice: Voice) -> Dialog:
    source = voice.words.source(each.source.name)
    if not each.drivers:
        return "driver_list_none", {"source": source}
    names = [driver_words(driver.name, voice) for driver in each.drivers]
    return "driver_list", {
        "source": source,
        "count": counted("drivers", len(names), voice),
        "drivers": brief(names, answer.question, voice),
    }


def _refused(each: SourceDrivers, voice: Voice) -> list[Dialog]:
    return [
        (f"drivers_refused_{reason}", {"drivers": _names(refused, voice)})
        for reason in ("consequence", "missing")
        if (refused := [driver for driver in each.refused if driver.reason == reason])
    ]


def _names(refused: Sequence[RefusedDriver], voice: Voice) -> str:
    return voice.words.listed([driver_words(driver.name, voice) for driver in refused])


def driver_words(name: str, voice: Voice) -> str:
    """A driver as people call it; one that no language knows by the name it is registered under."""
    return voice.files.values["drivers"].get(name) or voice.words.name(name.replace("_", " "))
