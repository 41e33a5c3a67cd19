"""Answers about baselines in German, by the names of the cases in `tests/unit/answers`."""

from __future__ import annotations

OF_BASELINES = {
    "baseline_train: good": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Strom pro Stunde, als Kilowattstunden gerechnet, "
        "ist gleich einundzwanzig plus null Komma null null sieben eins mal Produktionsmenge "
        "plus null Komma null sieben mal Außentemperatur. Sie erfüllt die Gültigkeitsregeln "
        "nach ISO fünfzigtausendeins. Sie ist jetzt die aktive Ausgangsbasis, Version fünf."
    ),
    "baseline_train: degree days of gas, tiny and negative coefficients": (
        "Fertig. Die Ausgangsbasis von Kessel eins für Erdgas erklärt siebenundachtzig Prozent "
        "der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Erdgas pro Stunde, als Kubikmeter gerechnet, ist "
        "gleich einundzwanzig plus zwölf Komma neun mal Grad unter fünfzehn Grad minus null "
        "Komma vier zwei mal Gasdruck geteilt durch eintausend. Sie erfüllt die "
        "Gültigkeitsregeln nach ISO fünfzigtausendeins. Sie ist jetzt die aktive "
        "Ausgangsbasis, Version eins."
    ),
    "baseline_train: by day, from little, above a base": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt mehr als "
        "neunundneunzig Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage "
        "sind einundsechzig Tage. Weggelassen sind einunddreißig Tage, weil die Messwerte "
        "nachträglich eingetragen sind. Strom pro Tag, als Kilowattstunden gerechnet, ist "
        "gleich minus eins mal Kühlgradtage plus vibration mm s. Für Kühlgradtage zählen die "
        "Grade über achtzehn Komma fünf Grad. Sie erfüllt die Gültigkeitsregeln nach ISO "
        "fünfzigtausendeins. Das ist noch wenig, darum ist das Ergebnis mit Vorsicht zu "
        "nehmen. Sie ist jetzt die aktive Ausgangsbasis, Version zwei."
    ),
    "baseline_again: worse than the version before": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Strom pro Stunde, als Kilowattstunden gerechnet, "
        "ist gleich einundzwanzig plus null Komma null null sieben eins mal Produktionsmenge "
        "plus null Komma null sieben mal Außentemperatur. Sie erfüllt die Gültigkeitsregeln "
        "nach ISO fünfzigtausendeins. Sie ist jetzt die aktive Ausgangsbasis, Version fünf. Sie "
        "passt schlechter als Version vier vorher. Mit den Worten aktiviere Version vier geht es "
        "zurück."
    ),
    "baseline_again: the same as another version": (
        "Geändert hat sich nichts: Das Training der Ausgangsbasis von Kompressor eins für Strom "
        "ergab dasselbe Modell wie Version drei, und aktiv bleibt Version fünf. Version drei "
        "erklärt siebenundachtzig Prozent der Schwankungen. Mit den Worten aktiviere Version "
        "drei kommt sie zum Einsatz."
    ),
    "baseline_again: several at once": (
        "Auf Zuruf trainiere ich eine Ausgangsbasis nach der anderen. Noch keine gibt es für "
        "Strom bei Kompressor eins, Strom bei Hauptlüftung, Strom bei Förderband A und Erdgas bei "
        "Kessel eins. Anfangen kann ich mit Strom von Kompressor eins. Soll ich?"
    ),
    "baseline_train: warnings": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Strom pro Stunde, als Kilowattstunden gerechnet, "
        "ist gleich einundzwanzig plus null Komma null null sieben eins mal Produktionsmenge "
        "plus null Komma null sieben mal Außentemperatur. Sie erfüllt die Gültigkeitsregeln "
        "nach ISO fünfzigtausendeins. In diesem Modell sinkt der Verbrauch mit der Größe "
        "Produktionsmenge, und einen physikalischen Grund dafür sehe ich nicht. "
        "Produktionsmenge und Außentemperatur sagen fast das Gleiche, darum ist nicht sicher, "
        "was jede Größe allein bewirkt. Stehen alle Einflussgrößen auf null, ergibt sich "
        "weniger als nichts. Nahe am Stillstand ist sie darum nicht verlässlich. Keine ihrer "
        "Einflussgrößen sagt, wie viel produziert wurde. Sie ist jetzt die aktive "
        "Ausgangsbasis, Version fünf."
    ),
    "baseline_train: degree days from the edge of what was seen": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Strom pro Stunde, als Kilowattstunden gerechnet, "
        "ist gleich eins plus null Komma eins zwei fünf mal Grad unter vierundzwanzig Komma "
        "neun Grad. Sie erfüllt die Gültigkeitsregeln nach ISO fünfzigtausendeins. Die "
        "Temperatur, ab der Heizgradtage zählen, ist nicht sicher: Sie liegt am Rand dessen, "
        "was vorkam. Sie ist jetzt die aktive Ausgangsbasis, Version zwei."
    ),
    "baseline_train: one driver that others tell": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Strom pro Stunde, als Kilowattstunden gerechnet, "
        "ist gleich einundzwanzig plus null Komma null null sieben eins mal Produktionsmenge "
        "plus null Komma null sieben mal Außentemperatur. Sie erfüllt die Gültigkeitsregeln "
        "nach ISO fünfzigtausendeins. Was die Größe Außentemperatur angibt, steckt fast ganz "
        "schon in den anderen Einflussgrößen, darum ist ihr eigener Einfluss unsicher. Sie ist "
        "jetzt die aktive Ausgangsbasis, Version fünf."
    ),
    "baseline_train: weak, another stays active": (
        "Die Ausgangsbasis von Kompressor eins für Strom ist trainiert, erklärt aber nur sechs "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Darum bleibt Version vier "
        "aktiv. Der Einfluss der Größe Produktionsmenge ist nicht gesichert, er kann Zufall "
        "sein. Gespeichert ist sie als Version fünf."
    ),
    "baseline_train: weak, none active": (
        "Die Ausgangsbasis von Kompressor eins für Strom ist trainiert, erklärt aber nur sechs "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Darum ist sie nicht aktiv. "
        "Der Einfluss der Größe Produktionsmenge ist nicht gesichert, er kann Zufall sein. "
        "Gespeichert ist sie als Version fünf."
    ),
    "baseline_train: weak, the one of another program stays active": (
        "Die Ausgangsbasis von Kompressor eins für Strom ist trainiert, erklärt aber nur sechs "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Darum bleibt die Version "
        "eines anderen Programms aktiv. Der Einfluss der Größe Produktionsmenge ist nicht "
        "gesichert, er kann Zufall sein. Gespeichert ist sie als Version eins."
    ),
    "baseline_train: invalid, another stays active": (
        "Die Ausgangsbasis von Kompressor eins für Strom ist trainiert mit dem, was im Jahr "
        "zweitausendvierundzwanzig gemessen wurde, erfüllt aber die Gültigkeitsregeln nach ISO "
        "fünfzigtausendeins nicht. Darum bleibt Version vier aktiv. Sie erklärt einundsiebzig "
        "Prozent der Schwankungen. Grundlage sind achttausendsechshundertzehn Stunden. Der "
        "Einfluss der Größe Außentemperatur ist nicht gesichert, er kann Zufall sein. "
        "Gespeichert ist sie als Version fünf."
    ),
    "baseline_train: much left out": (
        "Fertig. Die Ausgangsbasis von Kompressor eins für Strom erklärt siebenundachtzig "
        "Prozent der Schwankungen im Jahr zweitausendvierundzwanzig. Grundlage sind "
        "viertausend Stunden. Weggelassen sind viertausendsiebenhundertachtzig Stunden, vor "
        "allem weil Werte von Einflussgrößen fehlen. Strom pro Stunde, als Kilowattstunden "
        "gerechnet, ist gleich einundzwanzig plus null Komma null null sieben eins mal "
        "Produktionsmenge plus null Komma null sieben mal Außentemperatur. Sie erfüllt die "
        "Gültigkeitsregeln nach ISO fünfzigtausendeins. Sie ist jetzt die aktive "
        "Ausgangsbasis, Version fünf."
    ),
    "baseline_train: too few": (
        "Die Ausgangsbasis von Kompressor eins für Strom kann ich noch nicht trainieren: Es "
        "zählen nur vierhundertzwölf Stunden, nötig sind eintausend Stunden. Es fehlen noch "
        "etwa dreißig Tage Betrieb."
    ),
    "baseline_train: too few, one day more": (
        "Die Ausgangsbasis von Kompressor eins für Strom kann ich noch nicht trainieren: Es "
        "zählen nur neunundfünfzig Tage, nötig sind sechzig Tage. Es fehlt noch etwa ein Tag "
        "Betrieb."
    ),
    "baseline_train: nothing counts": (
        "Die Ausgangsbasis von Kompressor eins für Strom kann ich damit nicht trainieren: Aus "
        "dieser Zeit zählt nichts, nötig sind eintausend Stunden. Weggelassen sind "
        "vierundzwanzig Stunden, weil Messwerte fehlen."
    ),
    "baseline_train: somebody else trains it": (
        "Die Ausgangsbasis von Kompressor eins für Strom wird gerade von jemand anderem "
        "trainiert. Bitte in einer Minute noch einmal versuchen."
    ),
    "baseline_train: no driver explains the use": (
        "Keine Größe, die ich für Strom kenne, erklärt den Verbrauch von Kompressor eins."
    ),
    "baseline_train: a driver says what others say": (
        "Für Außentemperatur gibt es keinen eigenen Einfluss, den sagen schon die anderen Größen. "
        "Lass eine davon weg."
    ),
    "baseline_train: a driver never varies": (
        "Für Produktionsmenge und Außentemperatur blieb der Wert in dieser Zeit immer gleich, "
        "das erklärt also nichts."
    ),
    "baseline_train: no seu of machines": (
        "Für Förderband A und Hauptlüftung ist kein wesentlicher Energieeinsatz hinterlegt, "
        "darum gibt es keine Ausgangsbasis."
    ),
    "baseline_asking: which drivers": (
        "Welche Einflussgrößen? Ich schlage Außentemperatur und Heizgradtage vor."
    ),
    "baseline_asking: which drivers, none suggested": (
        "Welche Einflussgrößen? Für Erdgas stehen Gasdruck, Brennwert, Außentemperatur und noch "
        "vier zur Wahl."
    ),
    "baseline_asking: which period": (
        "Über welchen Zeitraum? Messwerte gibt es vom ersten Oktober zweitausendvierundzwanzig "
        "bis zum siebzehnten November zweitausendsechsundzwanzig."
    ),
    "baseline_asking: shall I, a year": (
        "Ich trainiere die Ausgangsbasis von Kompressor eins für Strom mit den Größen "
        "Produktionsmenge und Außentemperatur, im Jahr zweitausendvierundzwanzig. Soll ich?"
    ),
    "baseline_asking: shall I, some months": (
        "Ich trainiere die Ausgangsbasis von Kompressor eins für Strom mit der Größe "
        "Produktionsmenge, von November zweitausendfünfundzwanzig bis Februar "
        "zweitausendsechsundzwanzig. Soll ich?"
    ),
    "baseline_asking: shall I, some days": (
        "Ich trainiere die Ausgangsbasis von Kompressor eins für Strom mit der Größe "
        "Produktionsmenge, vom achtzehnten November zweitausendfünfundzwanzig bis zum "
        "achtzehnten November zweitausendsechsundzwanzig. Soll ich?"
    ),
    "baseline_asking: an offer": (
        "Für Strom gibt es von Kompressor eins noch keine Ausgangsbasis. Ich kann jetzt eine "
        "trainieren. Soll ich?"
    ),
    "baseline_asking: an offer where none is active": (
        "Von der Ausgangsbasis von Kompressor eins für Strom ist keine Version aktiv. Ich kann "
        "jetzt eine neue trainieren. Soll ich?"
    ),
    "baseline_asking: shall I activate": (
        "Version drei erklärt sechs Prozent der Schwankungen und erfüllt die Gültigkeitsregeln "
        "nicht. Version fünf erklärt siebenundachtzig Prozent der Schwankungen. Soll ich "
        "Version drei zur aktiven Ausgangsbasis von Kompressor eins für Strom machen? Bisher "
        "ist Version fünf aktiv."
    ),
    "baseline_asking: shall I activate the only one": (
        "Für die Version eines anderen Programms gibt es keine Statistik, darum weiß niemand, "
        "wie gut sie ist. Soll ich die Version eines anderen Programms zur aktiven "
        "Ausgangsbasis von Kompressor eins für Strom machen?"
    ),
    "baseline_asking: an unknown driver": (
        "Wind speed kann ich für Erdgas nicht nutzen. Nutzen lässt sich das: Außentemperatur, "
        "Heizgradtage, Produktionsmenge und noch zwei. Was soll es sein?"
    ),
    "baseline_asking: drivers of every fault": (
        "Durchfluss im Mittel kann ich nicht nutzen, weil das selbst aus dem Energieverbrauch "
        "folgt. Wind zwei kann ich nicht nutzen, weil die Datenbank keine solche Spalte hat. "
        "Für Gasdruck gibt es in dieser Zeit keine Werte. Für Brennwert blieb der Wert in "
        "dieser Zeit immer gleich, das erklärt also nichts. Nutzen lässt sich das: "
        "Außentemperatur. Was soll es sein?"
    ),
    "baseline_model: explained": (
        "Die aktive Ausgangsbasis von Kompressor eins für Strom ist Version fünf. Trainiert "
        "ist sie mit dem, was im Jahr zweitausendvierundzwanzig gemessen wurde. Am meisten "
        "kommt es auf die Größe Produktionsmenge an: je höher, desto mehr Strom wird "
        "verbraucht. Der Verbrauch steigt mit der Größe Außentemperatur. Sie erklärt "
        "siebenundachtzig Prozent der Schwankungen, ihr üblicher Fehler liegt bei sechs "
        "Prozent. Grundlage sind achttausendsechshundertzehn Stunden. Sie erfüllt die "
        "Gültigkeitsregeln nach ISO fünfzigtausendeins. Von Lecks, Verschleiß oder geänderten "
        "Einstellungen kann sie nichts wissen."
    ),
    "baseline_model: explained in full": (
        "Die aktive Ausgangsbasis von Kompressor eins für Strom ist Version fünf. Trainiert "
        "wurde sie am dritten November zweitausendsechsundzwanzig mit dem, was im Jahr "
        "zweitausendvierundzwanzig gemessen wurde. Am meisten kommt es auf die Größe "
        "Produktionsmenge an: je höher, desto mehr Strom wird verbraucht. Der Verbrauch steigt "
        "mit der Größe Außentemperatur. Sie erklärt siebenundachtzig Prozent der Schwankungen, "
        "ihr üblicher Fehler liegt bei sechs Prozent. Grundlage sind "
        "achttausendsechshundertzehn Stunden. Für den letzten Teil dieser Zeit, den sie nicht "
        "kannte, lag ihr üblicher Fehler bei sieben Prozent. Sie erfüllt die Gültigkeitsregeln "
        "nach ISO fünfzigtausendeins. Strom pro Stunde, als Kilowattstunden gerechnet, ist "
        "gleich einundzwanzig plus null Komma null null sieben eins mal Produktionsmenge plus "
        "null Komma null sieben mal Außentemperatur. Für Produktionsmenge kennt sie Werte von "
        "null Stück bis vierhundertzwanzig Stück. Für Außentemperatur kennt sie Werte von "
        "minus neun Komma fünf Grad bis dreiunddreißig Grad. Von Lecks, Verschleiß oder "
        "geänderten Einstellungen kann sie nichts wissen."
    ),
    "baseline_model: degree days in full": (
        "Die aktive Ausgangsbasis von Kessel eins für Erdgas ist Version eins. Trainiert wurde "
        "sie am dritten November zweitausendsechsundzwanzig mit dem, was im Jahr "
        "zweitausendvierundzwanzig gemessen wurde. Am meisten kommt es auf die Größe "
        "Heizgradtage an: je höher, desto mehr Erdgas wird verbraucht. Der Verbrauch sinkt mit "
        "der Größe Gasdruck. Sie erklärt siebenundachtzig Prozent der Schwankungen, ihr "
        "üblicher Fehler liegt bei sechs Prozent. Grundlage sind achttausendsechshundertzehn "
        "Stunden. Für den letzten Teil dieser Zeit, den sie nicht kannte, lag ihr üblicher "
        "Fehler bei sieben Prozent. Sie erfüllt die Gültigkeitsregeln nach ISO "
        "fünfzigtausendeins. Erdgas pro Stunde, als Kubikmeter gerechnet, ist gleich "
        "einundzwanzig plus zwölf Komma neun mal Grad unter fünfzehn Grad minus null Komma "
        "vier zwei mal Gasdruck geteilt durch eintausend. Für Heizgradtage kennt sie Werte von "
        "null bis vierundzwanzig. Für Gasdruck kennt sie Werte von null Bar bis ein Bar. Von "
        "Lecks, Verschleiß oder geänderten Einstellungen kann sie nichts wissen."
    ),
    "baseline_model: of another program": (
        "Die aktive Ausgangsbasis von Kompressor eins für Strom ist die Version eines anderen "
        "Programms. Mit welchen Messwerten sie trainiert ist, weiß niemand. Der Verbrauch "
        "steigt mit der Größe Produktionsmenge. Der Verbrauch sinkt mit der Größe "
        "Außentemperatur. Wie gut sie ist, weiß niemand, denn sie stammt ohne Statistik aus "
        "einem anderen Programm. Von Lecks, Verschleiß oder geänderten Einstellungen kann sie "
        "nichts wissen."
    ),
    "baseline_model: weak": (
        "Die aktive Ausgangsbasis von Kompressor eins für Strom ist Version fünf. Trainiert "
        "ist sie mit dem, was im Jahr zweitausendvierundzwanzig gemessen wurde. Am meisten "
        "kommt es auf die Größe Außentemperatur an: je höher, desto mehr Strom wird "
        "verbraucht. Sie erklärt sechs Prozent der Schwankungen, ihr üblicher Fehler liegt bei "
        "sechs Prozent. Grundlage sind achttausendsechshundertzehn Stunden. Sie erfüllt die "
        "Gültigkeitsregeln nach ISO fünfzigtausendeins nicht. Der Einfluss der Größe "
        "Produktionsmenge ist nicht gesichert, er kann Zufall sein. Von Lecks, Verschleiß oder "
        "geänderten Einstellungen kann sie nichts wissen."
    ),
    "baseline_model: made active instead": (
        "Version fünf ist jetzt die aktive Ausgangsbasis von Kompressor eins für Strom. Vorher "
        "war es Version vier."
    ),
    "baseline_model: an unknown version": (
        "Eine Version neun der Ausgangsbasis von Kompressor eins für Strom gibt es nicht. Ich "
        "kenne Version fünf, Version vier und die Version eines anderen Programms."
    ),
    "baseline_model: none of some": (
        "Noch gibt es keine Ausgangsbasis für Strom bei Kompressor eins und Erdgas bei Kessel eins."
    ),
    "baseline_model: one in full": (
        "Kompressor eins, Strom: Version vier erklärt siebenundachtzig Prozent der "
        "Schwankungen. Trainiert ist sie mit dem, was im Jahr zweitausendvierundzwanzig "
        "gemessen wurde. Insgesamt gibt es drei Versionen. Version fünf erklärt sechs Prozent "
        "der Schwankungen und erfüllt die Gültigkeitsregeln nicht. Für die Version eines "
        "anderen Programms gibt es keine Statistik, darum weiß niemand, wie gut sie ist. Noch "
        "keine gibt es für Erdgas bei Kessel eins."
    ),
    "baseline_model: several": (
        "Es gibt Ausgangsbasen für vier wesentliche Energieeinsätze. Kompressor eins, Strom: "
        "Version fünf erklärt siebenundachtzig Prozent der Schwankungen. Kessel eins, Erdgas: "
        "Version zwei erklärt sechs Prozent der Schwankungen und erfüllt die Gültigkeitsregeln "
        "nicht. Hauptlüftung, Strom: die Version eines anderen Programms, ohne Statistik. "
        "Förderband A, Strom: Keine Version ist aktiv, die neueste ist Version eins. Noch keine "
        "gibt es für Strom bei Kessel eins."
    ),
    "baseline_model: many": (
        "Es gibt Ausgangsbasen für fünf wesentliche Energieeinsätze. Kompressor eins, Strom: "
        "Version eins erklärt siebenundachtzig Prozent der Schwankungen. Hauptlüftung, Strom: "
        "Version zwei erklärt siebenundachtzig Prozent der Schwankungen. Förderband A, Strom: "
        "Version drei erklärt siebenundachtzig Prozent der Schwankungen. Dazu kommen noch zwei."
    ),
    "baseline_predict: at conditions, outside": (
        "Produktionsmenge fünfhundert Stück und Außentemperatur fünfundzwanzig Grad: Dann "
        "sollte Kompressor eins pro Stunde etwa vierundvierzig Komma zwei Kilowattstunden Strom "
        "brauchen, plus minus drei Komma zwei. Produktionsmenge fünfhundert Stück, das ist "
        "mehr, als das Modell gelernt hat, also mit Vorsicht zu nehmen."
    ),
    "baseline_predict: at one condition, the rest assumed": (
        "Produktionsmenge dreihundert Stück: Dann sollte Kompressor eins pro Stunde etwa "
        "vierundvierzig Komma zwei Kilowattstunden Strom brauchen, plus minus drei Komma zwei. "
        "Was nicht gesagt war, habe ich im Mittel angenommen: Außentemperatur elf Komma zwei "
        "Grad. Das liegt am Rand dessen, was das Modell gelernt hat."
    ),
    "baseline_predict: at a condition that the model has not": (
        "Produktionsmenge ein Stück: Dann sollte Kompressor eins pro Tag etwa vierundvierzig "
        "Komma zwei Kilowattstunden Strom brauchen, plus minus drei Komma zwei. Über wind speed "
        "weiß die Ausgangsbasis nichts, das ändert also nichts."
    ),
    "baseline_predict: below zero": (
        "Dafür ergibt die Ausgangsbasis von Kompressor eins für Strom weniger als null, das "
        "liegt also außerhalb dessen, was das Modell sagen kann."
    ),
    "baseline_predict: yesterday, more": (
        "Kompressor eins hätte gestern etwa neunhundertachtundvierzig Kilowattstunden Strom "
        "verbrauchen sollen, am wahrscheinlichsten zwischen neunhundertelf und "
        "neunhundertfünfundachtzig. Gemessen wurden eintausenddreißig Kilowattstunden, "
        "zweiundachtzig mehr."
    ),
    "baseline_predict: yesterday, less, in megawatt hours": (
        "Kompressor eins hätte gestern etwa zwölf Komma vier Megawattstunden Strom verbrauchen "
        "sollen, am wahrscheinlichsten zwischen elf Komma acht und dreizehn. Gemessen wurden "
        "neun Komma neun fünf Megawattstunden, zwei Komma vier fünf weniger."
    ),
    "baseline_predict: yesterday, for a part of it": (
        "Kompressor eins hätte gestern etwa vierhundertzehn Kilowattstunden Strom verbrauchen "
        "sollen, am wahrscheinlichsten zwischen null und achthundertzweiunddreißig. Das gilt "
        "für zehn Stunden Betrieb. In dieser Zeit wurden vierhundertneun Kilowattstunden "
        "gemessen, eins weniger. Eine Stunde ist darin nicht enthalten, weil Werte fehlen."
    ),
    "baseline_predict: yesterday, much beside the hours that count": (
        "Kompressor eins hätte gestern etwa vierhundertzehn Kilowattstunden Strom verbrauchen "
        "sollen, am wahrscheinlichsten zwischen null und achthundertzweiunddreißig. Das gilt "
        "für zehn Stunden Betrieb. In dieser Zeit wurden vierhundertneun Kilowattstunden "
        "gemessen, eins weniger. In der übrigen Zeit kamen noch einunddreißig Komma zwei "
        "Kilowattstunden durch Anfahren, Abfahren und Stillstand dazu."
    ),
    "baseline_predict: tomorrow, running as in the last weeks": (
        "Kompressor eins dürfte morgen etwa neunhundertachtundvierzig Kilowattstunden Strom "
        "brauchen. Das gilt bei Betrieb wie in den letzten Wochen, denn geplant ist nichts. Wie "
        "weit das danebenliegen kann, ist nicht bekannt. Das gilt für fünfzehn Stunden Betrieb."
    ),
    "baseline_predict: yesterday, of a model without statistics": (
        "Kompressor eins hätte gestern etwa neunhundertachtundvierzig Kilowattstunden Strom "
        "verbrauchen sollen. Wie weit das danebenliegen kann, ist nicht bekannt. Gemessen "
        "wurden eintausenddreißig Kilowattstunden, zweiundachtzig mehr."
    ),
    "baseline_predict: tomorrow": (
        "Kompressor eins dürfte morgen etwa neunhundertachtundvierzig Kilowattstunden Strom "
        "brauchen, am wahrscheinlichsten zwischen neunhundertelf und neunhundertfünfundachtzig."
    ),
    "baseline_predict: no forecast": (
        "Wie viel Strom Kompressor eins morgen braucht, kann ich nicht sagen: Für "
        "Produktionsmenge und Außentemperatur gibt es weder Vorhersage noch Plan. Sind dafür "
        "Werte genannt, kann ich sagen, was pro Stunde zu erwarten ist."
    ),
    "baseline_predict: not planned": (
        "Für Kompressor eins ist morgen kein Betrieb geplant, darum ist kein Verbrauch an Strom "
        "zu erwarten."
    ),
    "baseline_compare: two versions": (
        "Bei der Ausgangsbasis von Kompressor eins für Strom ist Version fünf besser als "
        "Version vier. Bei Messwerten, die noch unbekannt waren, liegt der übliche Fehler bei "
        "sechs Prozent statt neun Prozent. Aktiv ist Version fünf."
    ),
    "baseline_compare: two versions as good": (
        "Bei der Ausgangsbasis von Kompressor eins für Strom sind Version fünf und Version vier "
        "etwa gleich gut. Bei Messwerten, die noch unbekannt waren, liegt der übliche Fehler "
        "bei sechs Prozent. Aktiv ist Version fünf."
    ),
    "baseline_compare: only one is valid": (
        "Bei der Ausgangsbasis von Kompressor eins für Strom ist Version vier besser als "
        "Version fünf. Nur so sind die Gültigkeitsregeln nach ISO fünfzigtausendeins erfüllt. "
        "Aktiv ist Version vier."
    ),
    "baseline_compare: one of another program": (
        "Was für Strom bei Kompressor eins besser ist, Version eins oder die Version eines "
        "anderen Programms, kann ich nicht sagen, weil die Statistik fehlt. Aktiv ist die "
        "Version eines anderen Programms."
    ),
    "baseline_compare: better with a driver": (
        "Mit der Größe Luftfeuchte außen ist das Modell von Kompressor eins für Strom besser. "
        "Die Zahl der Einflussgrößen eingerechnet, werden einundneunzig Prozent der "
        "Schwankungen erklärt statt vierundachtzig Prozent. Das war nur ein Vergleich, geändert "
        "ist nichts."
    ),
    "baseline_compare: with or without drivers": (
        "Ob mit den Größen Luftfeuchte außen und Außentemperatur oder ohne, das Modell von "
        "Kompressor eins für Strom ist etwa gleich gut. Bei Messwerten, die noch unbekannt "
        "waren, liegt der übliche Fehler bei sieben Prozent. Das war nur ein Vergleich, "
        "geändert ist nichts."
    ),
    "baseline_compare: only one version": (
        "Von der Ausgangsbasis von Kompressor eins für Strom gibt es nur Version eins. Ist eine "
        "Einflussgröße genannt, vergleiche ich das Modell mit ihr und ohne sie."
    ),
}
