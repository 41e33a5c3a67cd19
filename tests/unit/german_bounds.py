"""Answers about bounds and paybacks in German, by the cases of `tests/unit/answers`."""

from __future__ import annotations

OF_BOUNDS = {
    "beyond: yes": (
        "Ja, das ist mehr als fünf Prozent über dem Erwarteten. Kompressor eins hat "
        "gestern acht Prozent mehr Strom verbraucht als erwartet: eintausenddreißig "
        "Kilowattstunden statt neunhunderteinundfünfzig. Das ist mehr als die normale "
        "Streuung."
    ),
    "beyond: no": (
        "Nein, das ist nicht mindestens zehn Prozent vom Erwarteten entfernt. Kompressor "
        "eins hat gestern acht Prozent mehr Strom verbraucht als erwartet: "
        "eintausenddreißig Kilowattstunden statt neunhunderteinundfünfzig. Das ist mehr "
        "als die normale Streuung."
    ),
    "beyond: not known": (
        "Ob das weniger als zwanzig Euro unter dem Erwarteten ist, kann ich nicht sagen, "
        "weil dieser Wert nicht bekannt ist. Kompressor eins hat gestern acht Prozent mehr "
        "Strom verbraucht als erwartet: eintausenddreißig Kilowattstunden statt "
        "neunhunderteinundfünfzig. Das ist mehr als die normale Streuung."
    ),
    "beyond: some": (
        "Gestern mehr als fünf Prozent über dem Erwarteten: Strom bei Hydraulikpumpe eins "
        "elf Prozent über dem Erwarteten und Strom bei Kompressor eins acht Prozent über "
        "dem Erwarteten. Verglichen habe ich vier wesentliche Energieeinsätze. Noch keine "
        "Ausgangsbasis gibt es für Erdgas bei Kessel eins."
    ),
    "beyond: none": (
        "Nichts lag gestern mindestens vierzig Prozent unter dem Erwarteten. Verglichen "
        "habe ich vier wesentliche Energieeinsätze. Noch keine Ausgangsbasis gibt es für "
        "Erdgas bei Kessel eins."
    ),
    "beyond: of some it is not known": (
        "Gestern höchstens neun Euro über dem Erwarteten: Strom bei Kompressor eins acht "
        "Prozent über dem Erwarteten. Verglichen habe ich vier wesentliche "
        "Energieeinsätze. Von Strom bei Hydraulikpumpe eins und Förderband A ist dieser "
        "Wert nicht bekannt. Noch keine Ausgangsbasis gibt es für Erdgas bei Kessel eins."
    ),
    "beyond: more than are told": (
        "Gestern mehr als fünf Prozent über dem Erwarteten: Strom bei Förderband A "
        "neunzehn Prozent über dem Erwarteten, Strom bei Förderband A achtzehn Prozent "
        "über dem Erwarteten, Strom bei Förderband A siebzehn Prozent über dem Erwarteten, "
        "Strom bei Förderband A sechzehn Prozent über dem Erwarteten, Strom bei Förderband "
        "A vierzehn Prozent über dem Erwarteten, Strom bei Förderband A dreizehn Prozent "
        "über dem Erwarteten und noch zwei. Verglichen habe ich acht wesentliche "
        "Energieeinsätze."
    ),
    "beyond: the site is": (
        "Ja, das ist mehr als fünf Prozent über dem Erwarteten. Alle Standorte zusammen "
        "haben gestern sieben Prozent mehr Strom verbraucht als erwartet: "
        "eintausendeinhundertdreißig Kilowattstunden statt eintausendfünfzig. Das ist mehr "
        "als die normale Streuung. Im normalen Bereich: Erdgas zwei Prozent über dem "
        "Erwarteten."
    ),
    "beyond: the site is in part": (
        "Bei Strom ja. Bei Erdgas nein. Alle Standorte zusammen haben gestern sieben "
        "Prozent mehr Strom verbraucht als erwartet: eintausendeinhundertdreißig "
        "Kilowattstunden statt eintausendfünfzig. Das ist mehr als die normale Streuung. "
        "Im normalen Bereich: Erdgas zwei Prozent über dem Erwarteten."
    ),
    "beyond: why, though it is not": (
        "Nein, das ist nicht mehr als fünf Prozent über dem Erwarteten. Strom bei "
        "Kompressor eins, gestern acht Prozent über dem Erwarteten: Warum, kann ich nicht "
        "sagen."
    ),
    "beyond: why, as it is": (
        "Strom bei Kompressor eins, gestern acht Prozent über dem Erwarteten: Warum, kann "
        "ich nicht sagen."
    ),
    "beyond: a deviation in kilowatts": (
        "Für die Abweichung vom Erwarteten geht keine Grenze in Kilowatt. Bitte Prozent, "
        "Kilowattstunden oder Euro nennen."
    ),
    "beyond: a load factor in kilowatts": (
        "Für den Lastfaktor geht keine Grenze in Kilowatt. Bitte Prozent nennen."
    ),
    "beyond: indicator beyond": (
        "Ja, das ist mehr als zehn Kilowatt. Die Grundlast für Kompressor eins lag gestern "
        "bei zwölf Komma vier Kilowatt Strom."
    ),
    "beyond: indicator not beyond": (
        "Nein, das ist nicht mindestens zwanzig Kilowatt. Die Grundlast für Kompressor "
        "eins lag gestern bei zwölf Komma vier Kilowatt Strom."
    ),
    "beyond: indicator by sources": (
        "Bei Strom ja. Bei Dampf nein. Die Grundlast für Kompressor eins lag gestern bei "
        "zwölf Komma vier Kilowatt Strom. Die Grundlast für Kompressor eins lag gestern "
        "bei zwei Kilowatt Dampf."
    ),
    "beyond: indicators of machines": (
        "Für den Lastfaktor gestern weniger als dreißig Prozent: zwanzig Prozent für "
        "Kompressor eins. Verglichene Maschinen: zwei."
    ),
    "beyond: indicators of no machine": (
        "Für den Lastfaktor gestern weniger als dreißig Prozent: keine Maschine. "
        "Verglichene Maschinen: zwei."
    ),
    "payback: asked": (
        "Strom bei Kompressor eins: Lecks suchen und abdichten, am besten nachts, wenn es "
        "still ist. Das spart voraussichtlich etwa zweihundertneunzig Kilowattstunden pro "
        "Woche, plus minus vierzig, das macht vierundvierzig Euro und einhundertdreißig "
        "Kilogramm Kohlendioxid. Bei den genannten Kosten zahlt sich das nach zwölf Wochen "
        "aus. Am wahrscheinlichsten liegt das zwischen zehn und dreizehn Wochen. Soll ich "
        "einen Aktionsplan anlegen?"
    ),
    "payback: asked of a rule": (
        "Kompressor eins könnte pro Woche etwa zweihundertneunzig Kilowattstunden Strom "
        "sparen: abschalten, solange nichts produziert wird. Das sind acht Prozent des "
        "Verbrauchs in dieser Zeit. Das erspart pro Woche vierundvierzig Euro und "
        "einhundertdreißig Kilogramm Kohlendioxid. Bei den genannten Kosten zahlt sich das "
        "nach vier Jahren aus. Am wahrscheinlichsten liegt das zwischen drei Komma fünf "
        "und vier Komma fünf Jahren. Soll ich einen Aktionsplan anlegen?"
    ),
    "payback: asked without a cost": (
        "Strom bei Kompressor eins: Lecks suchen und abdichten, am besten nachts, wenn es "
        "still ist. Das spart voraussichtlich etwa zweihundertneunzig Kilowattstunden pro "
        "Woche, plus minus vierzig, das macht vierundvierzig Euro und einhundertdreißig "
        "Kilogramm Kohlendioxid. Bitte sagen Sie mir, was es kostet, dann kann ich sagen, "
        "wann es sich auszahlt. Soll ich einen Aktionsplan anlegen?"
    ),
    "payback: may save nothing": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das frühestens nach acht Wochen aus, vielleicht spart es auch nichts. "
        "Ob es wirkt, zeigt sich an dem Verbrauch gegenüber der Ausgangsbasis. Soll ich "
        "ihn speichern?"
    ),
    "payback: no price": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Für die Einsparung gibt es keinen "
        "Preis, darum kann ich nicht sagen, wann sich das auszahlt. Ob es wirkt, zeigt "
        "sich an dem Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: nothing saved": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Was es spart, ist nicht bekannt, "
        "darum kann ich nicht sagen, wann es sich auszahlt. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: other currency": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Der Tarif ist in Euro, darum kann "
        "ich aus Dollar keine Amortisation berechnen. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: interval unknown": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa zwölf Wochen aus. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: interval that is none": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa drei Wochen aus. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: at once": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa einem Tag aus. Am wahrscheinlichsten liegt das zwischen "
        "einem Tag und drei Tagen. Ob es wirkt, zeigt sich an dem Verbrauch gegenüber der "
        "Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: months": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa zehn Monaten aus. Am wahrscheinlichsten liegt das "
        "zwischen neun und vierzehn Monaten. Ob es wirkt, zeigt sich an dem Verbrauch "
        "gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: a month": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa fünf Monaten aus. Am wahrscheinlichsten liegt das "
        "zwischen einem Monat und neun Monaten. Ob es wirkt, zeigt sich an dem Verbrauch "
        "gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: a year": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa zwei Komma fünf Jahren aus. Am wahrscheinlichsten liegt "
        "das zwischen einem Jahr und drei Jahren. Ob es wirkt, zeigt sich an dem Verbrauch "
        "gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: one to two": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von fünfhundert Euro "
        "zahlt sich das nach etwa zwei Wochen aus. Am wahrscheinlichsten liegt das "
        "zwischen einer Woche und zwei Wochen. Ob es wirkt, zeigt sich an dem Verbrauch "
        "gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: years": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Bei Kosten von neuntausend Euro "
        "zahlt sich das nach etwa vier Jahren aus. Am wahrscheinlichsten liegt das "
        "zwischen drei Komma fünf und vier Komma fünf Jahren. Ob es wirkt, zeigt sich an "
        "dem Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "payback: told": (
        "Leak repair on Kompressor eins ist geplant, fällig am dreißigsten Dezember "
        "zweitausendsechsundzwanzig. Bei Kosten von fünfhundert Euro zahlt sich das nach "
        "etwa zwölf Wochen aus. Am wahrscheinlichsten liegt das zwischen zehn und dreizehn "
        "Wochen."
    ),
    "payback: told with the savings": (
        "Leak repair on Kompressor eins ist nicht abgeschlossen und hat darum noch nichts "
        "gespart. Bei Kosten von fünfhundert Euro zahlt sich das nach etwa zwölf Wochen "
        "aus. Am wahrscheinlichsten liegt das zwischen zehn und dreizehn Wochen."
    ),
}
