"""Answers about indicators in German, by the names of the cases in `tests/unit/answers`."""

from __future__ import annotations

OF_KPIS = {
    "kpi: energy per unit": (
        "Kompressor eins hat gestern je produzierter Einheit null Komma null acht neun fünf "
        "Kilowattstunden Strom gebraucht."
    ),
    "kpi: energy per unit of several": (
        "Kessel eins und Kompressor eins haben gestern je produzierter Einheit null Komma "
        "null acht neun fünf Kilowattstunden Energie gebraucht. In der Energie je Einheit "
        "zählt nur Kompressor eins, weil sonst nichts produziert wurde. Stunden ohne "
        "vollständige Messwerte oder Produktion sind nicht dabei."
    ),
    "kpi: the load factor": (
        "Der Lastfaktor für Kompressor eins lag gestern bei einundsechzig Komma drei Prozent, "
        "mit einer Spitze von zweiundsechzig Kilowatt Strom. Bei Strom fehlen für zwei "
        "Stunden Messwerte, darum kann der wahre Wert abweichen."
    ),
    "kpi: the base load of several, with gaps": (
        "Die Grundlast für Kessel eins und Kompressor eins lag gestern bei zwölf Komma vier "
        "Kilowatt Strom. Die Grundlast für Kessel eins und Kompressor eins lag gestern bei "
        "zwei Kubikmeter pro Stunde Erdgas. Bei Strom fehlen zwanzig Prozent der Messwerte, "
        "darum kann der wahre Wert abweichen. Bei Erdgas fehlen ein paar Messwerte, weniger "
        "als ein Prozent."
    ),
    "kpi: cost of a cheap unit": (
        "Kompressor eins hat gestern je tausend produzierte Einheiten dreizehn Euro neunzig "
        "für Strom gekostet. Insgesamt waren es dreitausendzwanzig Euro."
    ),
    "kpi: cost without output": (
        "Strom für Kompressor eins hat gestern insgesamt dreitausendzwanzig Euro gekostet. "
        "Kompressor eins hat gestern nichts produziert, darum kann ich die Energiekosten je "
        "Einheit nicht nennen."
    ),
    "kpi: emissions of a unit": (
        "Kompressor eins hat gestern mit Strom je produzierter Einheit null Komma null vier "
        "null fünf Kilogramm Kohlendioxid ausgestoßen. Insgesamt waren es "
        "achttausendachthundertzehn Kilogramm Kohlendioxid."
    ),
    "kpi: operating hours of several": (
        "Kessel eins und Kompressor eins kamen gestern zusammen auf fünfhundertvierundneunzig "
        "Stunden Laufzeit. Einzeln: fünfhundertdreiundneunzig Stunden für Kessel eins und "
        "fünfundvierzig Minuten für Kompressor eins. Für Kessel eins ist ein Teil dieser Zeit "
        "nicht bekannt, das zählt nicht mit."
    ),
    "kpi: the idle share": (
        "Kompressor eins hat gestern vier Komma zwei Prozent vom Verbrauch an Strom im "
        "Leerlauf gebraucht, in drei Komma fünf Stunden."
    ),
    "kpi: no idling": ("Kompressor eins hat gestern im Leerlauf nichts an Strom gebraucht."),
    "kpi: availability": (
        "Kessel eins und Kompressor eins waren gestern zu achtundneunzig Komma vier Prozent "
        "der Zeit verfügbar, abgeschaltete Zeiten nicht gerechnet."
    ),
    "kpi: all": (
        "Kompressor eins, gestern: null Komma null acht neun fünf Kilowattstunden Strom je "
        "Einheit, eine Spitze von zweiundsechzig Kilowatt Strom, ein Lastfaktor von "
        "einundsechzig Komma drei Prozent, eine Grundlast von zwölf Komma vier Kilowatt, "
        "Energiekosten von dreitausendzwanzig Euro, achttausendachthundertzehn Kilogramm "
        "Kohlendioxid, fünfhundertvierundneunzig Stunden Laufzeit, vier Komma zwei Prozent "
        "der Energie für Leerlauf und eine Verfügbarkeit von achtundneunzig Komma vier "
        "Prozent."
    ),
    "kpi: all, without a meter": (
        "Kompressor eins, gestern: fünfhundertvierundneunzig Stunden Laufzeit. Für die "
        "Energie von Kompressor eins gab es gestern keinen Zähler, darum kann ich die Energie "
        "je Einheit, die Spitzenlast, den Lastfaktor und die Grundlast nicht nennen."
    ),
    "kpi: no modes": (
        "Der Zustand von Kompressor eins wurde gestern ohne den Unterschied zwischen "
        "Leerlauf, Störung und Abschaltung gemeldet, darum kann ich den Leerlaufanteil nicht "
        "nennen."
    ),
    "kpi: switched off": (
        "Kompressor eins war gestern die ganze Zeit abgeschaltet, darum kann ich die "
        "Verfügbarkeit nicht nennen."
    ),
}
