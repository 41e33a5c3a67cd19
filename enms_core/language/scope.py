"""Which machines a sentence is about: those named, where they stand, and those left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.question import Scope
from enms_core.language.mentions import ALL_SITES, Mention
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.sentence import MACHINE, NUMBER, Sentence, SpottedMachines
from enms_core.language.tokens import Token


@dataclass(frozen=True)
class Meant:
    """The machines of a question, and those among which the person must choose.

    A choice among machines to leave out leaves all of them in the scope until it is made. later:
    choices beside the first. parts: what was named one by one, in the order said; a part that is
    still to be chosen has all its choices. mentions: how many names that were.
    """

    scope: Scope
    choices: tuple[UUID, ...] = ()
    later: tuple[tuple[UUID, ...], ...] = ()
    parts: tuple[Scope, ...] = ()
    mentions: int = 0


class ScopeReader:
    """Reads the machines of one catalogue that a sentence is about."""

    def __init__(self, catalogue: Catalogue, words: Mapping[str, tuple[str, ...]]) -> None:
        self._everything = tuple(machine.id for machine in catalogue.home_machines)
        self._everywhere = tuple(machine.id for machine in catalogue.machines)
        self.sites = tuple(
            Scope("site", tuple(m.id for m in catalogue.machines_of((site.id,))), site.name)
            for site in catalogue.factories
        )
        self._except = PhraseTable({"except": words["except"]})
        self._except_behind = PhraseTable({"except": words["except_after"]})
        self._before_machine = frozenset(words["before_machine"])
        self._before_site = frozenset((*words["at_site"], *words["article"]))
        self._joining = frozenset((*words.get("place_joining", ()), *words["article"]))

    @property
    def of_sites(self) -> Meant:
        """Each site by itself."""
        return Meant(Scope("all", self._everywhere), parts=self.sites, mentions=1)

    def read(self, sentence: Sentence) -> Meant:
        kept, left_out = self._parted(self._with_sites(sentence))
        sites = [mention for mention in kept if mention.kind == "site"]
        kept = _narrowed(kept, sites)
        left_out = _at_sites(left_out, sites) or left_out
        choices = tuple(m.machine_ids for m in (*kept, *left_out) if m.kind == "choice")
        named = [mention for mention in kept if mention.kind != "choice"]
        scope = self._scope(named, is_all=all(m.kind == "everything" for m in kept))
        gone = {id_ for m in left_out if m.kind != "choice" for id_ in m.machine_ids}
        if gone:
            scope = Scope("group", tuple(id_ for id_ in scope.machine_ids if id_ not in gone))
        first = choices[0] if choices else ()
        return Meant(scope, first, choices[1:], self._parts(kept), len(kept))

    def _with_sites(self, sentence: Sentence) -> Sentence:
        """Machines that may be several, cut to the site that is said right behind them: "compressor
        one and the pumps in the demo plant", "the pumps and the fans in the demo plant"."""
        machines: list[SpottedMachines] = []
        for each in sentence.machines:
            cut = self._cut(sentence, machines, each) if each.mention.kind == "site" else []
            if cut:
                machines[-len(cut) :] = cut
            else:
                machines.append(each)
        return replace(sentence, machines=tuple(machines))

    def _cut(
        self, sentence: Sentence, machines: Sequence[SpottedMachines], site: SpottedMachines
    ) -> list[SpottedMachines]:
        """The machines joined to each other right before a site, cut to it; those before them stay
        what they are."""
        cut: list[SpottedMachines] = []
        following, between = site, self._before_site
        for each in reversed(machines):
            within = _within(each.mention, set(site.mention.machine_ids))
            is_several = each.mention.kind in ("choice", "group") and bool(within.machine_ids)
            if not is_several or not _has_between(sentence, each, following, between):
                break
            cut.insert(0, replace(each, mention=within))
            following, between = each, self._joining
        return cut

    def _parts(self, kept: Sequence[Mention]) -> tuple[Scope, ...]:
        """Each mention by itself; several machines that are named together alone, each machine."""
        if len(kept) == 1 and kept[0].kind in ("group", "machine"):
            return tuple(Scope("machines", (id_,)) for id_ in kept[0].machine_ids)
        if len(kept) == 1 and kept[0].label == ALL_SITES:
            return self.sites
        return tuple(map(self._part, kept))

    def _part(self, mention: Mention) -> Scope:
        if mention.kind == "choice":
            return Scope("machines", mention.machine_ids)
        return self._scope([mention], is_all=mention.kind == "everything")

    def _parted(self, sentence: Sentence) -> tuple[list[Mention], list[Mention]]:
        """Mentions kept and left out. Where machines to leave out stand is a place kept."""
        starts = self._left_out_starts(sentence.masked)
        kept = [each.mention for each in sentence.machines if each.start not in starts]
        left_out = [each.mention for each in sentence.machines if each.start in starts]
        machines = [mention for mention in left_out if not _is_place(mention)]
        if machines:
            return [*kept, *filter(_is_place, left_out)], machines
        return kept, left_out

    def _left_out_starts(self, words: Sequence[Token]) -> set[int]:
        """Where the mentions begin that follow an "except" with nothing but small words between,
        or that have an "excluded" behind them."""
        texts = [word.text for word in words]
        said = self._except.find(texts)
        # "Bar" behind a number is a unit: "at seven bar the boiler".
        behind = covered(each for each in said if texts[each.first - 1 : each.first] != [NUMBER])
        starts: set[int] = set()
        leaving = False
        for index, word in enumerate(words):
            if index in behind:
                leaving = True
            elif word.text == MACHINE:
                if leaving or self._except_behind.at(texts, index + 1) is not None:
                    starts.add(word.start)
            elif word.text not in self._before_machine:
                leaving = False
        return starts

    def _scope(self, named: Sequence[Mention], is_all: bool) -> Scope:
        if any(mention.label == ALL_SITES for mention in named):
            return Scope("all", self._everywhere)
        if is_all:
            return Scope("all", self._everything, is_said=bool(named))
        if len(named) == 1 and named[0].kind == "site":
            return Scope("site", named[0].machine_ids, named[0].label)
        grouped = any(mention.kind == "group" for mention in named)
        ids = dict.fromkeys(id_ for mention in named for id_ in mention.machine_ids)
        label = named[0].label if grouped and len(named) == 1 else None
        return Scope("group" if grouped else "machines", tuple(ids), label)


def _has_between(
    sentence: Sentence, one: SpottedMachines, other: SpottedMachines, words: frozenset[str]
) -> bool:
    """Whether nothing but some of these words is between two names."""
    between = [w.text for w in sentence.words if one.end <= w.start and w.end <= other.start]
    return bool(between) and words.issuperset(between)


def _is_place(mention: Mention) -> bool:
    return mention.kind in ("site", "everything")


def _narrowed(mentions: Sequence[Mention], sites: Sequence[Mention]) -> list[Mention]:
    """The most particular of what was named: "compressor one in the plant" is the compressor."""
    machines = [mention for mention in mentions if not _is_place(mention)]
    if not machines:
        return list(sites or mentions)
    # A machine that stands elsewhere is named beside the site, not in it.
    return _at_sites(machines, sites) or [*sites, *machines]


def _at_sites(machines: Sequence[Mention], sites: Sequence[Mention]) -> list[Mention]:
    """The mentions cut to machines of the sites; empty where one of them has none there."""
    at_sites = {id_ for site in sites for id_ in site.machine_ids}
    placed = [_within(mention, at_sites) for mention in machines]
    return placed if all(mention.machine_ids for mention in placed) else []


def _within(mention: Mention, machine_ids: set[UUID]) -> Mention:
    ids = tuple(id_ for id_ in mention.machine_ids if id_ in machine_ids)
    one_left = mention.kind == "choice" and len(ids) == 1
    return replace(mention, machine_ids=ids, kind="machine" if one_left else mention.kind)
