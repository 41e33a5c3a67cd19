"""What the words of a reply to a service say: drivers, yes or no, a time, a count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS, LAST_12_MONTHS
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import OpenQuestion
from enms_core.language.choosing import ChoiceReader
from enms_core.language.driver_replies import CONFIRMATION, DriverReply, DriverReplyReader
from enms_core.language.heard import Heard
from enms_core.language.model import LanguageModel
from enms_core.language.periods import said_periods
from enms_core.language.phrases import PhraseTable, covered
from enms_core.language.sentence import HORIZON, MACHINE, PERIOD, SOURCE, Sentence
from enms_core.language.slots import SlotReader

DRIVERS, TIME = "drivers", "period"
YES, NO, DOUBT, UNCLEAR = "yes", "no", "doubt", "unclear"
EVER, USUAL = "ever", "usual"
# Since before there was any meter: what is stored is what counts then.
SINCE_EVER = PeriodPhrase("since", of=PeriodPhrase("year", year=1970))
SLOTS = frozenset({MACHINE, PERIOD, HORIZON, SOURCE})
SMALL = (
    "follow_up_small",
    "choice_small",
    "drivers_small",
    "drivers_lead",
    "drivers_and",
    "article",
    "reply_small",
    "reply_filler",
    "version_noun",
)


@dataclass(frozen=True)
class SaidInReply:
    """sentence: without what names drivers. answers: of yes, no and what is neither. time: the
    period that is meant. left: positions of words that say nothing to us."""

    sentence: Sentence
    drivers: DriverReply
    answers: frozenset[str]
    time: PeriodPhrase | None
    count: int | None
    left: tuple[int, ...]


class SaidReader:
    """Reads it in one language, over one catalogue."""

    def __init__(self, model: LanguageModel, catalogue: Catalogue, slots: SlotReader) -> None:
        words = model.files.vocabulary
        self._slots = slots
        self._choices = ChoiceReader(words, model.numbers, catalogue)
        self._drivers = DriverReplyReader(words, model.numbers, catalogue)
        self._answers = PhraseTable(
            {
                YES: words["confirm_yes"],
                NO: words["confirm_no"],
                DOUBT: words["reply_doubt"],
                UNCLEAR: words["choice_unclear"],
            }
        )
        self._times = PhraseTable(
            {EVER: words["training_period_all"], USUAL: words["training_period_usual"]}
        )
        self._small = PhraseTable({"small": [each for name in SMALL for each in words[name]]})

    def read(self, heard: Heard, asked: OpenQuestion) -> SaidInReply:
        """What is said, whatever becomes of it."""
        question = asked.question
        drivers = self._drivers_of(heard, asked)
        sentence = heard.sentence.without(drivers.spans)
        slots = self._slots.read(sentence, question.intent, heard.text)
        answers = self._in_sentence(self._answers, heard)
        times = self._in_sentence(self._times, heard)
        if drivers.says_drivers:
            answers.pop(UNCLEAR, None)
        small = covered(self._small.find(sentence.texts))
        said = sentence.covered(drivers.spans) | slots.taken | small
        said = said.union(*answers.values(), *times.values())
        left = tuple(
            index
            for index, text in enumerate(sentence.texts)
            if index not in said and text not in SLOTS
        )
        time = _time(sentence, times, asked)
        return SaidInReply(sentence, drivers, frozenset(answers), time, slots.count, left)

    def agrees(self, texts: Sequence[str]) -> bool:
        """Whether there is nothing but a yes."""
        found = self._answers.find(texts)
        is_whole = len(covered(found)) == len(texts)
        return is_whole and {match.concept for match in found} == {YES}

    def beside_answers(self, texts: Sequence[str]) -> list[str]:
        """The words beside a yes, a no, or what is neither."""
        answers = covered(self._answers.find(texts))
        return [text for i, text in enumerate(texts) if i not in answers]

    def _drivers_of(self, heard: Heard, asked: OpenQuestion) -> DriverReply:
        if not INTENTS[asked.question.intent].takes(DRIVERS):
            return DriverReply()
        carriers = heard.sentence.carriers
        said = self._drivers.read(heard.text, asked.question.sources, carriers)
        if asked.need == DRIVERS and not said.says_drivers:
            tokens, periods = heard.tokens, heard.sentence.periods
            chosen = self._choices.ordered(tokens, periods, asked.offered, ("ordinal",))
            if chosen is not None:
                place = tokens[chosen.first].start, tokens[chosen.last - 1].end
                return DriverReply(wanted=chosen.choices, spans=(place,))
        return said if asked.need in (DRIVERS, CONFIRMATION) else said.named_alone()

    def _in_sentence(self, table: PhraseTable, heard: Heard) -> dict[str, frozenset[int]]:
        """The concepts of a table that are said, with the words of the sentence that say them."""
        found: dict[str, frozenset[int]] = {}
        for match in table.find(heard.texts):
            span = heard.tokens[match.first].start, heard.tokens[match.last - 1].end
            said = heard.sentence.covered([span])
            found[match.concept] = found.get(match.concept, frozenset()) | said
        return found


def _time(sentence: Sentence, named: Collection[str], asked: OpenQuestion) -> PeriodPhrase | None:
    """The period that a reply says; "everything" and "as usual" are times only where a time was
    asked for. "Now" is when it shall be done."""
    said = [phrase for phrase in said_periods(sentence.periods) if phrase.kind != "now"]
    if said or asked.need != TIME:
        return said[0] if said else None
    if EVER in named:
        return SINCE_EVER
    return LAST_12_MONTHS if named else None
