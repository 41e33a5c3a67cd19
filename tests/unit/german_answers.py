"""Whole answers in German, by the names of the cases in `tests/unit/answers`."""

from __future__ import annotations

from tests.unit.german_baselines import OF_BASELINES
from tests.unit.german_bounds import OF_BOUNDS
from tests.unit.german_kpis import OF_KPIS
from tests.unit.german_performance import OF_PERFORMANCE
from tests.unit.german_plans import OF_PLANS

SAID = {
    **OF_BASELINES,
    **OF_BOUNDS,
    **OF_KPIS,
    **OF_PERFORMANCE,
    **OF_PLANS,
    "energy: one source": (
        "Kompressor eins hat gestern insgesamt neunhundertfünfzig Kilowattstunden Strom verbraucht."
    ),
    "energy: large": (
        "Alle Standorte zusammen haben gestern insgesamt zwölf Komma vier Megawattstunden Strom"
        " verbraucht."
    ),
    "energy: with its cost in two currencies": (
        "Kompressor eins hat gestern insgesamt neunhundertfünfzig Kilowattstunden Strom verbraucht."
        " Das hat einhundertzweiundvierzig Euro und zwölf Dollar fünfzig gekostet."
    ),
    "energy: several sources": (
        "Kessel eins hat gestern insgesamt dreihundertzehn Kilowattstunden Strom und"
        " neuntausendvierhundertzehn Kubikmeter Erdgas verbraucht. Zusammen sind das einhunderteins"
        " Megawattstunden Energie von außen."
    ),
    "energy: some of several machines estimated": (
        "Kessel eins und Kompressor eins haben gestern insgesamt fünf Kilowattstunden Strom"
        " verbraucht. Einige Messwerte für Strom sind geschätzt."
    ),
    "energy: one of two meters too coarse for the period": (
        "Kessel eins, gestern: fünf Kilowattstunden Strom und ein Kilogramm Dampf. Bei Dampf decken"
        " die vollständigen Messwerte des Zählers nur eine Stunde dieser Zeit ab."
    ),
    "energy: hours missing": (
        "Kessel eins hat gestern insgesamt einhundertzwölf Kilowattstunden Strom verbraucht. Für"
        " zwei Stunden fehlen Messwerte, darum kann der wahre Wert höher sein."
    ),
    "energy: a share of one source missing": (
        "Kessel eins und Kompressor eins, gestern: fünf Kilowattstunden Strom und fünf Kilogramm"
        " Dampf. Bei Dampf fehlen zwanzig Prozent der Messwerte, darum kann der wahre Wert höher"
        " sein."
    ),
    "energy: no readings, but others": (
        "Für Kessel eins gab es gestern keine Messwerte. Die vorhandenen Messwerte reichen vom"
        " ersten Oktober zweitausendvierundzwanzig bis zum sechzehnten November"
        " zweitausendsechsundzwanzig."
    ),
    "energy: a source not used": (
        "Für Kompressor eins gibt es keinen Zähler für Erdgas oder Dampf. Auskunft gibt es über"
        " Strom."
    ),
    "energy_average: three sources together": (
        "Kessel eins hat gestern im Schnitt sieben Kilowattstunden Energie von außen pro Tag"
        " verbraucht."
    ),
    "energy_course: hours of several days": (
        "Kompressor eins hat gestern insgesamt neunhundertfünfzig Kilowattstunden Strom verbraucht."
        " Am meisten war es am Dienstag zwischen sechs Uhr und sieben Uhr, nämlich neun"
        " Kilowattstunden, und am wenigsten am Dienstag zwischen sieben Uhr und acht Uhr, nämlich"
        " vier Kilowattstunden."
    ),
    "energy_course: three days": (
        "Kompressor eins hat gestern insgesamt neunhundertfünfzig Kilowattstunden Strom verbraucht."
        " Im Einzelnen: fünfzig Kilowattstunden am Montag, keine Messwerte am Dienstag und sechzig"
        " Kilowattstunden am Mittwoch."
    ),
    "energy_trend: falling": (
        "Für Kompressor eins ist der Verbrauch an Strom gestern gesunken, um etwa eins Komma fünf"
        " Prozent pro Woche."
    ),
    "cost: several sources": (
        "Die Energie für Kessel eins hat gestern insgesamt einhundertsiebenundzwanzig Euro"
        " gekostet. Das teilt sich auf in einhundertsieben Euro für Strom und zwanzig Euro für"
        " Erdgas."
    ),
    "cost: less than a cent": (
        "Strom für Kessel eins hat gestern insgesamt weniger als einen Cent gekostet."
    ),
    "cost: euros and few cents": (
        "Strom für Kessel eins hat gestern insgesamt drei Euro und fünf Cent gekostet."
    ),
    "cost: produced beside purchased": (
        "Strom für Kessel eins hat gestern insgesamt einhundertsieben Euro gekostet. Das ist ohne"
        " zwanzig Euro für Dampf, weil Dampf hier erzeugt wird."
    ),
    "carbon: produced": (
        "Kessel eins hat gestern durch Dampf ein Kilogramm Kohlendioxid verursacht. Dampf wird hier"
        " erzeugt und zählt deshalb nicht zu den gesamten Emissionen."
    ),
    "carbon: a part without a factor": (
        "Kessel eins hat gestern durch Strom dreihundertachtzig Kilogramm Kohlendioxid verursacht."
        " Für siebzig Kilowattstunden Strom, also sechs Komma fünf vier Prozent davon, gibt es"
        " keinen Emissionsfaktor, dieser Teil fehlt. Für zwei Stunden fehlen Messwerte, darum kann"
        " der wahre Wert höher sein."
    ),
    "power: several machines now": (
        "Kessel eins und Kompressor eins ziehen gerade zwölf Komma vier Megawatt Strom. Das ist"
        " ohne Förderband A und Hauptlüftung, weil es aus dieser Zeit keinen Messwert für Strom"
        " gibt."
    ),
    "power: a flow now": (
        "Kompressor eins zieht gerade neunundzwanzig Komma vier Kubikmeter Erdgas pro Stunde."
    ),
    "power: an old reading": (
        "Der letzte Messwert für Kompressor eins: einundvierzig Kilowatt Strom, vor zwei Stunden."
    ),
    "power: the peak of a day": (
        "Kompressor eins kam gestern in der Spitze auf zweiundsechzig Kilowatt Strom, um vierzehn"
        " Uhr fünfzehn. Für zwei Stunden fehlen Messwerte, darum kann der wahre Wert höher sein."
    ),
    "power: the peak of a week": (
        "Zusammengerechnet kamen Kessel eins und Kompressor eins letzte Woche in der Spitze auf"
        " zweiundsechzig Kilowatt Strom, gestern um vierzehn Uhr fünfzehn."
    ),
    "production: one unit": "Spritzgussmaschine eins hat gestern insgesamt ein Stück produziert.",
    "production: quality of two": (
        "Siebenundneunzig Prozent von dem, was Kompressor eins und Spritzgussmaschine eins gestern"
        " produziert haben, waren gut. Das sind einhundert Prozent bei Kompressor eins und"
        " siebenundneunzig Prozent bei Spritzgussmaschine eins."
    ),
    "production: downtime": (
        "Spritzgussmaschine eins stand gestern insgesamt eins Komma fünf Stunden still."
    ),
    "ranking: three": (
        "Die ersten drei nach Energieverbrauch gestern: neunhundertfünfzig Kilowattstunden für"
        " Kompressor eins, vierhundertzehn Kilowattstunden für Hauptlüftung und zwölf"
        " Kilowattstunden für Förderband A."
    ),
    "ranking: one, with its share": (
        "Kompressor eins hat gestern am meisten Energie verbraucht: neunhundertfünfzig"
        " Kilowattstunden. Das sind einundvierzig Komma drei Prozent vom Ganzen."
    ),
    "ranking: below a bound": (
        "Durchschnittsleistung gestern, weniger als fünfzig Kilowatt: ein Kilowatt für Kompressor"
        " eins."
    ),
    "comparison: two machines": (
        "Kompressor eins hat gestern etwa zwölf Prozent mehr Energie verbraucht als Kessel eins:"
        " einhundertzwölf Kilowattstunden und einhundert Kilowattstunden."
    ),
    "comparison: two days": (
        "Kessel eins hat heute etwa zwölf Prozent weniger Energiekosten verursacht als gestern:"
        " achtundachtzig Euro statt einhundert Euro. Beide Zeiträume zählen bis zur gleichen"
        " Uhrzeit."
    ),
    "comparison: three machines": (
        "Kompressor eins hat gestern am meisten Energie verbraucht: einhundertzwölf"
        " Kilowattstunden. Förderband A hat gestern am wenigsten Energie verbraucht: fünfzig"
        " Kilowattstunden. Der Abstand dazwischen: zweiundsechzig Kilowattstunden. Dazwischen:"
        " einhundert Kilowattstunden für Kessel eins."
    ),
    "machine_status: several": (
        "Von vier Maschinen: zwei in Betrieb, eine im Leerlauf und eine ausgeschaltet. Nicht in"
        " Betrieb: Hauptlüftung und Kessel eins. Für Spritzgussmaschine eins kenne ich keinen"
        " Zustand."
    ),
    "machine_status: in maintenance since yesterday": (
        "Kessel eins ist in Wartung. Das begann gestern um vierzehn Uhr sieben."
    ),
    "status_history: offline several times, and now": (
        "Kessel eins war gestern insgesamt drei Mal außer Betrieb, zusammen sechs Stunden. Am"
        " längsten dauerte es drei Stunden. Die Maschine war dabei ausgeschaltet, und das begann"
        " gestern um sechs Uhr. Das dauert noch an."
    ),
    "status_history: weekdays": (
        "Kessel eins läuft gewöhnlich montags bis freitags von sechs Uhr bis zweiundzwanzig Uhr."
        " Das zeigt die Historie in den letzten vier Wochen."
    ),
    "overview: all": (
        "Alle Standorte zusammen haben gestern insgesamt neuntausend Kilowattstunden Strom"
        " verbraucht. Das hat eintausendvierhundertzwanzig Euro und dreihundertzehn Dollar gekostet"
        " und viertausendfünfzig Kilogramm Kohlendioxid verursacht. Am meisten verbraucht haben"
        " Hauptlüftung, Kompressor eins und Kessel eins. Maschinen in Betrieb: vier von elf."
    ),
    "machine_list: one": "Ich kenne eine Maschine: Kompressor eins.",
    "health: one silent": (
        "Die Energiedatenbank antwortet. Ich verfolge zwei Zähler, und der neueste Messwert ist"
        " zwei Minuten alt. Ein Zähler schweigt: Strom von Förderband A zuletzt um acht Uhr"
        " dreißig."
    ),
    "evidence: all readings": (
        "Das beruht auf sechsundneunzig Messwerten. Davon sind alle da. Der letzte kam gestern um"
        " dreiundzwanzig Uhr fünfundvierzig."
    ),
    "evidence: a model": (
        "Dahinter steht Version fünf der energetischen Ausgangsbasis. Trainiert ist diese Version"
        " mit dem, was im Jahr zweitausendvierundzwanzig gemessen wurde, und sie erklärt"
        " siebenundachtzig Prozent der Schwankungen."
    ),
    "evidence: a model of another program": (
        "Dahinter steht die energetische Ausgangsbasis, die ein anderes Programm hinterlassen hat."
        " Ihre Statistik ist unbekannt, darum weiß niemand, wie viel sie erklärt."
    ),
    "sources: of a machine": (
        "Für Kessel eins kenne ich Strom in Kilowattstunden, Erdgas in Kubikmeter und Dampf in"
        " Kilogramm. Von außen bezogen: Strom und Erdgas. Hier erzeugt: Dampf."
    ),
}
