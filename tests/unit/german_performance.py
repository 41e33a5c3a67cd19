"""Answers about performance, causes and savings in German, by the names of the cases."""

from __future__ import annotations

OF_PERFORMANCE = {
    "performance: more, and what it points to": (
        "Kompressor eins hat gestern acht Prozent mehr Strom verbraucht als erwartet: "
        "eintausenddreißig Kilowattstunden statt neunhunderteinundfünfzig. Das ist mehr als die "
        "normale Streuung. Der Mehrverbrauch macht zwölf Euro vierzig und sechsunddreißig "
        "Kilogramm Kohlendioxid aus. Seit dem dritten November liegt der Verbrauch zu allen "
        "Stunden etwa eins Komma sieben Kilowatt höher, Tag und Nacht gleich. Das deutet klar "
        "auf ein Leck hin."
    ),
    "performance: less than the scatter": (
        "Kompressor eins hat gestern acht Prozent weniger Strom verbraucht als erwartet: "
        "achthunderteinundsiebzig Kilowattstunden statt neunhunderteinundfünfzig. Das ist eine "
        "echte Einsparung, mehr als die normale Streuung. Das erspart zwölf Euro vierzig und "
        "sechsunddreißig Kilogramm Kohlendioxid."
    ),
    "performance: normal": (
        "Kompressor eins lag gestern bei Strom im normalen Bereich: ein Prozent unter dem "
        "Erwarteten."
    ),
    "performance: normal, just as expected": (
        "Kompressor eins lag gestern bei Strom im normalen Bereich: genau wie erwartet."
    ),
    "performance: scatter unknown": (
        "Kompressor eins hat gestern acht Prozent mehr Strom verbraucht als erwartet: "
        "eintausenddreißig Kilowattstunden statt neunhunderteinundfünfzig. Wie stark der "
        "Verbrauch normal schwankt, ist nicht bekannt, darum kann ich nicht sagen, ob das "
        "ungewöhnlich ist."
    ),
    "performance: much more than little": (
        "Kompressor eins hat gestern achtundneunzig Kilowattstunden Strom verbraucht, "
        "neunundachtzig Kilowattstunden mehr als erwartet. Das ist mehr als die normale "
        "Streuung."
    ),
    "performance: little less of much, alike when rounded": (
        "Kompressor eins hat gestern zwölf Komma vier Megawattstunden Strom verbraucht, "
        "sechsunddreißig Kilowattstunden weniger als erwartet. Das ist eine echte Einsparung, "
        "mehr als die normale Streuung."
    ),
    "performance: part of the hours, some missing": (
        "Kompressor eins lag gestern bei Strom im normalen Bereich: ein Prozent unter dem "
        "Erwarteten. Das gilt für vierzehn Stunden Betrieb. Zwei Stunden sind darin nicht "
        "enthalten, weil Werte fehlen."
    ),
    "performance: running": (
        "Hauptlüftung liegt heute nach sieben Stunden bei Strom im normalen Bereich: zwei "
        "Prozent unter dem Erwarteten."
    ),
    "performance: running, more, and where it will end": (
        "Hauptlüftung hat heute nach sieben Stunden einunddreißig Prozent mehr Strom verbraucht "
        "als erwartet: dreihundertvierundneunzig Kilowattstunden statt dreihundert. Das ist "
        "mehr als die normale Streuung. Am Ende werden es voraussichtlich etwa "
        "eintausendzweihundertvierzig Kilowattstunden, am wahrscheinlichsten zwischen "
        "eintausendeinhundertdreißig und eintausenddreihundertfünfzig."
    ),
    "performance: more, of two currencies": (
        "Kompressor eins hat gestern acht Prozent mehr Strom verbraucht als erwartet: "
        "eintausenddreißig Kilowattstunden statt neunhunderteinundfünfzig. Das ist mehr als die "
        "normale Streuung. Der Mehrverbrauch macht drei Euro und einen Dollar zwanzig aus."
    ),
    "performance: normal, and perhaps idling": (
        "Kompressor eins lag gestern bei Strom im normalen Bereich: zwei Prozent über dem "
        "Erwarteten. Seit dem dritten November gehen etwa eins Komma sieben Kilowatt in den "
        "Leerlauf. Das könnte auf unnötigen Leerlauf hindeuten, sicher ist das nicht."
    ),
    "performance_several: normal": (
        "Alle Standorte zusammen lagen gestern im normalen Bereich: Strom ein Prozent unter dem "
        "Erwarteten und Erdgas zwei Prozent über dem Erwarteten."
    ),
    "performance_several: normal, with a use that shares machines": (
        "Alle Standorte zusammen lagen gestern im normalen Bereich: Strom ein Prozent unter dem "
        "Erwarteten und Erdgas zwei Prozent über dem Erwarteten. Nicht in den Summen: Air station. "
        "Diese Maschinen sind schon mitgezählt."
    ),
    "performance_several: normal together, and three that stand out": (
        "Alle Standorte zusammen lagen gestern im normalen Bereich: Strom zwei Prozent über dem "
        "Erwarteten und Erdgas zwei Prozent über dem Erwarteten. Auffällig: Strom bei "
        "Kompressor eins acht Prozent über dem Erwarteten, Strom bei Hydraulikpumpe eins "
        "dreiunddreißig Prozent über dem Erwarteten und noch eins."
    ),
    "performance_several: more": (
        "Alle Standorte zusammen haben gestern sieben Prozent mehr Strom verbraucht als "
        "erwartet: eintausendeinhundertdreißig Kilowattstunden statt eintausendfünfzig. Das "
        "ist mehr als die normale Streuung. Der Mehrverbrauch macht zwölf Euro vierzig aus. Im "
        "normalen Bereich: Erdgas zwei Prozent über dem Erwarteten. Auffällig: Strom bei "
        "Kompressor eins acht Prozent über dem Erwarteten."
    ),
    "performance_several: more, of those that have a baseline, while they run": (
        "Kompressor eins und Förderband A haben gestern sieben Prozent mehr Strom verbraucht "
        "als erwartet: eintausendeinhundertdreißig Kilowattstunden statt eintausendfünfzig. "
        "Das ist mehr als die normale Streuung. Der Mehrverbrauch macht zwölf Euro vierzig "
        "aus. Verglichen sind nur Stunden in Betrieb. Auffällig: Strom bei Kompressor eins "
        "acht Prozent über dem Erwarteten. Noch keine Ausgangsbasis gibt es für Strom bei "
        "Hauptlüftung und Hydraulikpumpe eins."
    ),
    "performance_several: without some": (
        "Förderband A lag gestern im normalen Bereich: Strom zwei Prozent unter dem "
        "Erwarteten. Noch keine Ausgangsbasis gibt es für Strom bei Hauptlüftung und "
        "Hydraulikpumpe eins. Nicht dabei, weil Werte fehlen: Erdgas bei Kessel eins und Strom "
        "bei Kompressor eins. Nicht dabei, weil nichts lief: Dampf bei Kessel eins. Dort hat "
        "diese Zeit noch nicht begonnen: Europa Produktionswerk."
    ),
    "performance_several: some that nothing can be told of": (
        "Förderband A lag gestern im normalen Bereich: Strom zwei Prozent unter dem "
        "Erwarteten. Für Strom bei Hauptlüftung ist noch zu wenig Zeit vergangen. Die "
        "Bedingungen lagen zu weit außerhalb dessen, was das Modell kennt, für Erdgas bei "
        "Kessel eins."
    ),
    "performance_several: a machine with several sources": (
        "Kessel eins hat gestern zehn Prozent mehr Erdgas verbraucht als erwartet: "
        "eintausendneunzig Kubikmeter statt neunhundertneunzig. Das ist mehr als die normale "
        "Streuung. Der Mehrverbrauch macht fünfzig Euro aus. Im normalen Bereich: Dampf zwei "
        "Prozent unter dem Erwarteten."
    ),
    "root_cause: a leak, and more production": (
        "Strom bei Kompressor eins, gestern acht Prozent über dem Erwarteten: Das Muster deutet "
        "klar auf ein Leck hin. Seit dem dritten November liegt der Verbrauch zu allen Stunden "
        "etwa eins Komma sieben Kilowatt höher, Tag und Nacht gleich. Das sind etwa "
        "zweihundertneunzig Kilowattstunden pro Woche, am wahrscheinlichsten zwischen "
        "zweihundertfünfzig und dreihundertdreißig. Schon eingerechnet, verglichen mit dem "
        "Durchschnitt: einundsechzig Kilowattstunden mehr durch Produktionsmenge über dem "
        "Mittel und zwanzig Kilowattstunden weniger durch Außentemperatur unter dem Mittel."
    ),
    "root_cause: a schedule that is likely, and signs of idling": (
        "Strom bei Hauptlüftung, gestern acht Prozent über dem Erwarteten: Das Muster deutet "
        "auf eine falsch gestellte Zeitsteuerung hin. Seit dem dritten November ist Betrieb zu "
        "Zeiten, in denen sonst Stillstand war, mit etwa vierzehn Kilowatt. Das sind etwa "
        "siebenhundert Kilowattstunden pro Woche, am wahrscheinlichsten zwischen "
        "sechshundertsechzig und siebenhundertvierzig. Auch für unnötigen Leerlauf gibt es "
        "Anzeichen."
    ),
    "root_cause: a cooling that is not sure, since ever": (
        "Strom bei Hauptlüftung, gestern acht Prozent über dem Erwarteten: Das Muster könnte "
        "auf die Kühlung oder einen verschmutzten Wärmetauscher hindeuten, sicher ist das "
        "nicht. In allen Messwerten steigt der Verbrauch mit der Temperatur stärker als "
        "erwartet, im Mittel um etwa eins Komma sieben Kilowatt. Das sind etwa "
        "zweihundertneunzig Kilowattstunden pro Woche, am wahrscheinlichsten zwischen null und "
        "sechshundertneunzig."
    ),
    "root_cause: wear of gas, since last year": (
        "Erdgas bei Kessel eins, gestern sechs Prozent über dem Erwarteten: Das Muster deutet "
        "klar auf Verschmutzung oder Verschleiß hin. Seit dem zwanzigsten Mai "
        "zweitausendfünfundzwanzig wächst der Verbrauch langsam, bisher um etwa zwei Komma vier "
        "Kubikmeter pro Stunde. Das sind etwa vierhundert Kubikmeter pro Woche, am "
        "wahrscheinlichsten zwischen dreihundertsechzig und vierhundertvierzig."
    ),
    "root_cause: idling": (
        "Strom bei Kompressor eins, gestern acht Prozent über dem Erwarteten: Das Muster deutet "
        "klar auf unnötigen Leerlauf hin. Seit dem dritten November gehen etwa eins Komma "
        "sieben Kilowatt in den Leerlauf. Das sind etwa zweihundertneunzig Kilowattstunden pro "
        "Woche, am wahrscheinlichsten zwischen zweihundertfünfzig und dreihundertdreißig."
    ),
    "root_cause: within the range, yet a schedule": (
        "Strom bei Hauptlüftung, gestern: ein Prozent unter dem Erwarteten. Das Muster deutet "
        "aber klar auf eine falsch gestellte Zeitsteuerung hin. Seit dem dritten November ist "
        "Betrieb zu Zeiten, in denen sonst Stillstand war, mit etwa vierundvierzig Kilowatt. "
        "Das sind etwa zweihundertneunzig Kilowattstunden pro Woche, am wahrscheinlichsten "
        "zwischen zweihundertfünfzig und dreihundertdreißig."
    ),
    "root_cause: a saving, and yet perhaps a leak": (
        "Strom bei Kompressor eins, gestern: acht Prozent unter dem Erwarteten. Das Muster "
        "könnte aber auf ein Leck hindeuten, sicher ist das nicht. Seit dem dritten November "
        "liegt der Verbrauch zu allen Stunden etwa eins Komma sieben Kilowatt höher, Tag und "
        "Nacht gleich. Das sind etwa zweihundertneunzig Kilowattstunden pro Woche, am "
        "wahrscheinlichsten zwischen zweihundertfünfzig und dreihundertdreißig."
    ),
    "root_cause: a gain": (
        "Strom bei Kompressor eins, gestern acht Prozent unter dem Erwarteten: Das Muster "
        "deutet klar auf eine dauerhafte Verbesserung hin. Seit dem dritten November liegt der "
        "Verbrauch etwa drei Komma drei Kilowatt niedriger. Das spart etwa fünfhundertsechzig "
        "Kilowattstunden pro Woche, am wahrscheinlichsten zwischen fünfhundert und "
        "sechshundertzwanzig."
    ),
    "root_cause: no pattern, at night, after a fault": (
        "Strom bei Kompressor eins, gestern acht Prozent über dem Erwarteten: Ein Muster, das "
        "den Grund zeigt, sehe ich nicht. Das meiste davon entsteht nachts, etwa sieben Komma "
        "zwei Kilowatt mehr als erwartet. Schon eingerechnet, verglichen mit dem Durchschnitt: "
        "vierzig Kilowattstunden weniger durch Produktionsmenge unter dem Mittel. In dieser "
        "Zeit gab es zwei Stunden Wartung, eine Stunde Störung, eine Auffälligkeit und fünf "
        "Anläufe."
    ),
    "root_cause: no pattern in a saving at weekends": (
        "Strom bei Kompressor eins, gestern acht Prozent unter dem Erwarteten: Ein Muster, das "
        "den Grund zeigt, sehe ich nicht. Das meiste der Einsparung entsteht an Wochenenden, "
        "etwa sieben Kilowatt weniger als erwartet. In dieser Zeit gab es zwei Auffälligkeiten "
        "und einen Anlauf."
    ),
    "root_cause: nothing unusual, colder": (
        "Da ist nichts Ungewöhnliches zu erklären: Kompressor eins war gestern bei Strom im "
        "normalen Bereich, null Komma neun Prozent über dem Erwarteten. Schon eingerechnet, "
        "verglichen mit dem Durchschnitt: dreiunddreißig Kilowattstunden mehr durch "
        "Außentemperatur unter dem Mittel."
    ),
    "root_cause: no cause known": (
        "Strom bei Kompressor eins, gestern acht Prozent über dem Erwarteten: Warum, kann ich "
        "nicht sagen."
    ),
    "root_cause: of a machine, two of its sources": (
        "Erdgas bei Kessel eins, gestern zehn Prozent über dem Erwarteten: Das Muster deutet "
        "klar auf Verschmutzung oder Verschleiß hin. Seit dem dritten November wächst der "
        "Verbrauch langsam, bisher um etwa eins Komma sieben Kubikmeter pro Stunde. Das sind "
        "etwa zweihundertneunzig Kubikmeter pro Woche, am wahrscheinlichsten zwischen "
        "zweihundertfünfzig und dreihundertdreißig. Dampf bei Kessel eins zeigt ebenfalls "
        "Anzeichen für ein Leck."
    ),
    "recommendations: a leak": (
        "Strom bei Kompressor eins: Lecks suchen und abdichten, am besten nachts, wenn es still "
        "ist. Seit dem dritten November liegt der Verbrauch zu allen Stunden etwa eins Komma "
        "sieben Kilowatt höher, Tag und Nacht gleich. Das spart voraussichtlich etwa "
        "zweihundertneunzig Kilowattstunden pro Woche, plus minus vierzig, das macht "
        "vierundvierzig Euro und einhundertdreißig Kilogramm Kohlendioxid. Soll ich einen "
        "Aktionsplan anlegen?"
    ),
    "recommendations: two things, the first pays off": (
        "Strom bei Kompressor eins: die Zeitsteuerung so einstellen, dass nur bei Bedarf "
        "Betrieb ist. Seit dem dritten November ist Betrieb zu Zeiten, in denen sonst "
        "Stillstand war, mit etwa eins Komma sieben Kilowatt. Das spart voraussichtlich etwa "
        "zweihundertneunzig Kilowattstunden pro Woche, plus minus vierzig, das macht "
        "vierundvierzig Euro und einhundertdreißig Kilogramm Kohlendioxid. Bei den genannten "
        "Kosten zahlt sich das nach sechs Wochen aus. Außerdem abschalten, statt im Leerlauf "
        "laufen zu lassen: etwa einhundertzwanzig Kilowattstunden pro Woche. Soll ich einen "
        "Aktionsplan anlegen?"
    ),
    "recommendations: pays off in a week, worth unknown": (
        "Strom bei Kompressor eins: den Wärmetauscher reinigen und die eingestellte Temperatur "
        "prüfen. Seit dem dritten November steigt der Verbrauch mit der Temperatur stärker als "
        "erwartet, im Mittel um etwa eins Komma sieben Kilowatt. Das spart voraussichtlich etwa "
        "einhundertzwanzig Kilowattstunden pro Woche. Bei den genannten Kosten zahlt sich das "
        "nach einer Woche aus. Soll ich einen Aktionsplan anlegen?"
    ),
    "recommendations: wear": (
        "Strom bei Kompressor eins: reinigen und auf Verschleiß prüfen. Seit dem dritten "
        "November wächst der Verbrauch langsam, bisher um etwa eins Komma sieben Kilowatt. Das "
        "spart voraussichtlich etwa zweihundertneunzig Kilowattstunden pro Woche, plus minus "
        "vierzig, das macht vierundvierzig Euro und einhundertdreißig Kilogramm Kohlendioxid. "
        "Soll ich einen Aktionsplan anlegen?"
    ),
    "recommendations: by a rule": (
        "Kompressor eins könnte pro Woche etwa zweihundertneunzig Kilowattstunden Strom sparen: "
        "abschalten, solange nichts produziert wird. Das sind acht Prozent des Verbrauchs in "
        "dieser Zeit. Das erspart pro Woche vierundvierzig Euro und einhundertdreißig Kilogramm "
        "Kohlendioxid. Soll ich einen Aktionsplan anlegen?"
    ),
    "recommendations: nothing": (
        "Bei Strom von Kompressor eins ist nichts zu tun: Verschwendung habe ich keine gefunden."
    ),
    "recommendations: nothing known": (
        "Strom bei Kompressor eins liegt über dem Erwarteten, aber die Daten zeigen nicht, "
        "warum. Am besten vor Ort nachsehen."
    ),
    "opportunities: several": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen fünf Möglichkeiten "
        "zu sparen gefunden, zusammen etwa eintausendeinhundert Kilowattstunden Strom und "
        "vierzig Kubikmeter Erdgas pro Woche, das macht zweihundertfünfzig Euro. Hauptlüftung, "
        "etwa siebenhundert Kilowattstunden Strom: Betrieb außerhalb der üblichen Zeiten. "
        "Kompressor eins, etwa zweihundertneunzig Kilowattstunden Strom: ein Leck. "
        "Hydraulikpumpe eins, etwa einhundertzwanzig Kilowattstunden Strom: Leerlauf. Dazu "
        "kommen noch zwei von geringerem Wert."
    ),
    "opportunities: several without prices": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen zwei Möglichkeiten "
        "zu sparen gefunden, zusammen etwa eintausendeinhundert Kilowattstunden Strom und "
        "vierzig Kubikmeter Erdgas pro Woche. Hydraulikpumpe eins, etwa einhundertzwanzig "
        "Kilowattstunden Strom: Leerlauf. Kessel eins, etwa vierzig Kubikmeter Erdgas: "
        "Verschmutzung oder Verschleiß."
    ),
    "opportunities: one": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen eine Möglichkeit zu "
        "sparen gefunden. Kompressor eins könnte pro Woche etwa zweihundertneunzig "
        "Kilowattstunden Strom sparen: Lecks suchen und abdichten, am besten nachts, wenn es "
        "still ist. Das ist seit dem dritten November so und macht acht Prozent des Verbrauchs "
        "in dieser Zeit aus. Das erspart pro Woche vierundvierzig Euro und einhundertdreißig "
        "Kilogramm Kohlendioxid."
    ),
    "opportunities: one peak": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen eine Möglichkeit zu "
        "sparen gefunden. Hauptlüftung könnte die Spitze des Standorts bei Strom um dreißig "
        "Kilowatt senken: die Last senken, wenn der ganze Standort an der Spitze ist. Das "
        "erspart pro Woche zweiundsechzig Euro."
    ),
    "opportunities: other kinds": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen drei Möglichkeiten "
        "zu sparen gefunden. Kompressor eins, etwa einhundertzwanzig Kilowattstunden Strom: "
        "Betrieb mit schlechter Auslastung. Förderband A, etwa einhundertzwanzig "
        "Kilowattstunden Strom: Verbrauch im ausgeschalteten Zustand. Hauptlüftung, etwa "
        "einhundertzwanzig Kilowattstunden Strom: zusätzliche Last."
    ),
    "opportunities: one, held against an aim": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen eine Möglichkeit "
        "zu sparen gefunden. Kompressor eins könnte pro Woche etwa zweihundertneunzig "
        "Kilowattstunden Strom sparen: Lecks suchen und abdichten, am besten nachts, wenn es "
        "still ist. Das ist seit dem dritten November so und macht acht Prozent des "
        "Verbrauchs in dieser Zeit aus. Das erspart pro Woche vierundvierzig Euro und "
        "einhundertdreißig Kilogramm Kohlendioxid. Ob das reicht, kann ich nicht sagen."
    ),
    "opportunities: one, at a cost of no machine": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen eine Möglichkeit "
        "zu sparen gefunden. Kompressor eins könnte pro Woche etwa zweihundertneunzig "
        "Kilowattstunden Strom sparen: Lecks suchen und abdichten, am besten nachts, wenn es "
        "still ist. Das ist seit dem dritten November so und macht acht Prozent des "
        "Verbrauchs in dieser Zeit aus. Das erspart pro Woche vierundvierzig Euro und "
        "einhundertdreißig Kilogramm Kohlendioxid. Für welche Maschine sind diese Kosten?"
    ),
    "opportunities: no sign of a leak": (
        "Nichts deutet in den letzten dreißig Tagen für alle Standorte zusammen auf ein Leck hin. "
        "Angesehen habe ich fünf wesentliche Energieeinsätze."
    ),
    "opportunities: none, but some could not be looked at": (
        "Für alle Standorte zusammen habe ich in den letzten dreißig Tagen nichts gefunden, was "
        "sich zu sparen lohnt. Angesehen habe ich fünf wesentliche Energieeinsätze. "
        "Schleichende Änderungen sehe ich ohne Ausgangsbasis nicht, und die fehlt für Strom bei "
        "Hydraulikpumpe eins und Förderband A."
    ),
}
