"""Words and units in the names of columns, as loggers and utilities of several languages write
them.

They are hints beside the values, never the only ground on which a number is changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from enms_core.domain.conversions import CELSIUS, POWERS, SCALES, known_unit

Hint = Literal[
    "time", "start", "end", "counter", "amount", "power", "weather", "production", "status",
    "unrelated", "serial", "utc", "sum", "unit",
]  # fmt: skip

# Words of fewer than four Latin letters count only where they stand alone; a space is where a
# longer one must begin or end.
WORDS: Mapping[Hint, tuple[str, ...]] = MappingProxyType(
    {
        "time": (
            "time", "date", "stamp", "datum", "zeit", "heure", "horodat", "jour", "fecha", "hora",
            " data ", "ora", "tijd", "day", "tag", "ts", "dt", "日時", "日付", "時刻", "年月日",
            "시간", "일시", "时间", "日期",
        ),
        "start": (
            "start", "begin", "from", "von", "ab", "debut", "desde", "inizio", "開始", "开始",
        ),
        "end": (
            "end", "ending", "ende", "until", "to", "bis", "fin", "hasta", "fine", "終了", "结束",
        ),
        "counter": (
            "reading", "register", "counter", "cumulative", "cumulated", "totalizer", "totaliser",
            "zahlerstand", "zaehlerstand", "stand ", "kumuliert", "zahlwerk", "index", "cumul",
            "lectura", "lettura", "meterstand", "stuckzahler", "stueckzaehler", "指針", "積算",
            "累積", "读数", "누적",
        ),
        "sum": ("total",),
        "amount": (
            "usage", "consumption", "consumed", "interval", "verbrauch", "lastgang",
            "consommation", "consumo", "verbruik", "使用", "消費",
        ),
        "power": ("power", "demand", "leistung", "puissance", "potencia", "potenza", "vermogen"),
        "weather": (
            "temp", "humid", "wind", "weather", "outdoor", "feuchte", "wetter", "meteo", "気温",
            "湿度", "기온",
        ),
        "production": (
            "production", "produced", "pieces", "parts ", " count ", "output", "quantity", "stuck",
            "stueck", "produktion", "ausschuss", "scrap", "pcs", "qty", "生産", "個数", "생산",
        ),
        "status": (
            "status", " state ", " mode ", "zustand", "betriebsart", "etat", "estado",
            "状態",
        ),
        "unrelated": (
            "factor", "faktor", "cosphi", "cos", "reactive", "blind", "apparent", "schein",
            "lagging", "leading", "cost", "eur", "usd", "gbp", "chf", "ct", "cent ", "price",
            "kosten", "preis", "betrag", "netto", "brutto",
            "tariff", "cout", "prix", "voltage", "current", "spannung", "frequenc", "frequenz",
            "co2", "nsm", "reactiv", "料金", "力率",
        ),
        "serial": (
            "serial", "meter id", "meter no", "meter number", "zahlernummer", "zaehlernummer",
            "zahlernr", "zaehlernr", "seriennummer", "compteur", "meter", "zahler", "mpan", "計器",
        ),
        "utc": ("utc", "gmt", "zulu"),
        "unit": (
            " unit ", " units ", " unite ", " unita ", " unidad", "einheit", "eenheid", "単位",
            "单位", "단위",
        ),
    }
)  # fmt: skip

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")
_SHORT = 4

IN_BRACKETS = re.compile(r"[(\[{<]([^)\]}>]*)[)\]}>]")
BETWEEN_WORDS = re.compile(r"[\s_,;:()\[\]{}<>]+")
WITHIN_WORDS = re.compile(r"[-/.]")
# Words that are units elsewhere, but more likely something else in a name without brackets.
NO_UNITS = frozenset({"cum", "kt", "share"})
NO_AMOUNTS = frozenset((*SCALES["speed"], *SCALES["share"], *CELSIUS))


def parted(name: str) -> str:
    """A column's name with spaces between its words.

    >>> parted("startTime"), parted("Usage_kWh")
    ('start Time', 'Usage k Wh')
    """
    return _NO_WORD.sub(" ", _CAMEL.sub(" ", unicodedata.normalize("NFKC", name))).strip()


def plain_words(name: str) -> str:
    """A column's name as words: lower case, without accents, one space between.

    >>> plain_words("Zählerstand_Bezug [kWh]"), plain_words("startTime")
    ('zahlerstand bezug k wh', 'start time')
    """
    letters = unicodedata.normalize("NFKD", parted(name).casefold())
    bare = "".join(each for each in letters if not _is_accent(each))
    return unicodedata.normalize("NFC", bare)


def _is_accent(letter: str) -> bool:
    """Latin accents only: the marks of Japanese letters tell words apart."""
    return "\u0300" <= letter <= "\u036f"


def has_hint(name: str, hint: Hint) -> bool:
    """Whether a column's name has a word of that kind."""
    words = f" {plain_words(name)} "
    alone = set(words.split())
    return any(each in alone if _is_short(each) else each in words for each in WORDS[hint])


def _is_short(word: str) -> bool:
    return len(word) < _SHORT and word.isascii()


def header_unit(name: str) -> str | None:
    """The unit in the name of a column, as we write it; None where there is none that we know.

    >>> header_unit("Usage_kWh"), header_unit("tempF"), header_unit("CO2(tCO2)")
    ('kWh', '°F', None)
    """
    return next(filter(None, map(known_unit, _possible(name))), None)


def is_rate(unit: str) -> bool:
    """Whether a unit tells how much passes in a time.

    >>> is_rate("kW"), is_rate("m³/h"), is_rate("kWh"), is_rate("m/s")
    (True, True, False, False)
    """
    return unit in POWERS or ("/" in unit and unit not in NO_AMOUNTS)


def is_metered(unit: str) -> bool:
    """Whether meters of energy sources tell amounts or rates in it: no temperature, no speed."""
    return unit not in NO_AMOUNTS


def _possible(name: str) -> Iterator[str]:
    """What may be a unit in a name, the likeliest first; a letter alone only where it is sure."""
    plain = unicodedata.normalize("NFKC", name)
    yield from IN_BRACKETS.findall(plain)
    words = [each for each in BETWEEN_WORDS.split(plain) if each.casefold() not in NO_UNITS]
    yield from (word for word in reversed(words) if len(word) > 1)
    parts = [part for word in words for part in WITHIN_WORDS.split(word)]
    yield from (part for part in reversed(parts) if len(part) > 1)
    last = parted(plain).split()[-1:]
    if (has_hint(name, "weather") and last in (["C"], ["F"])) or (
        has_hint(name, "power") and last in (["W"], ["w"])
    ):
        yield last[0]
