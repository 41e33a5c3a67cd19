"""How it is said which machines there are."""

from __future__ import annotations

from enms_core.domain.listing import MachineList
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import brief, counted
from enms_core.language.speech.refusals import no_machines
from enms_core.language.speech.voice import Voice


def say_machine_list(answer: MachineList, voice: Voice) -> list[Dialog]:
    """How many there are, by site where they are in several, and what they are called."""
    if not answer.machines:
        return [no_machines(voice)]
    ids = [machine.id for machine, _ in answer.machines]
    names = brief(voice.distinct_names(ids), answer.question, voice)
    machines = counted("machines", len(ids), voice)
    if answer.sources:
        sources = voice.sources([source.name for source in answer.sources], "list_or")
        return [("machine_list_of", {"sources": sources, "machines": machines, "names": names})]
    if len(answer.by_factory) > 1:
        sites = brief(_sites(answer, voice), answer.question, voice)
        return [
            ("machine_list_sites", {"machines": machines, "sites": sites}),
            ("machine_list_names", {"names": names}),
        ]
    if answer.question.scope.kind == "site":
        site = voice.scope(answer.question.scope)
        return [("machine_list_at", {"site": site, "machines": machines, "names": names})]
    return [("machine_list", {"machines": machines, "names": names})]


def _sites(answer: MachineList, voice: Voice) -> list[str]:
    return [
        counted("machines_at_site", count, voice, site=voice.words.name(factory.name))
        for factory, count in answer.by_factory.items()
    ]
