"""Answers about action plans in German, by the names of the cases in `tests/unit/answers`."""

from __future__ import annotations

OF_PLANS = {
    "action_plan: proposed": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Fällig wäre das am dreißigsten "
        "Dezember zweitausendsechsundzwanzig. Ob es wirkt, zeigt sich an dem Verbrauch "
        "gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "action_plan: proposed for somebody": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. John Miller hätte dafür Zeit bis zum "
        "dreißigsten Dezember zweitausendsechsundzwanzig. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "action_plan: proposed without a day": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Verantwortlich für Leak repair on "
        "Kompressor eins ist John Miller. Ob es wirkt, zeigt sich an dem Verbrauch gegenüber "
        "der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "action_plan: proposed for nobody without a day": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an dem "
        "Verbrauch gegenüber der Ausgangsbasis. Soll ich ihn speichern?"
    ),
    "action_plan: of one's own": "Das wäre der Plan night shutdown. Soll ich ihn speichern?",
    "action_plan: no title": (
        "Ich habe nichts gefunden, was einen Plan braucht. Worum soll es im Plan gehen?"
    ),
    "action_plan: stored": (
        "Fertig. Der Plan Leak repair on Kompressor eins ist gespeichert. Für Leak repair on "
        "Kompressor eins ist noch niemand verantwortlich."
    ),
    "action_plan: stored for somebody": (
        "Fertig. Der Plan Leak repair on Kompressor eins ist gespeichert."
    ),
    "action_plan: known": (
        "Den Plan Leak repair on Kompressor eins gibt es schon; er bleibt, wie er ist."
    ),
    "action_plan: which": "Welcher Plan: Leak repair on Kompressor eins oder night shutdown?",
    "action_plan: unknown": (
        "Einen Aktionsplan Turbine kenne ich nicht. Es gibt Leak repair on Kompressor eins und "
        "night shutdown. Welcher ist gemeint?"
    ),
    "action_plan: shall complete": (
        "Zum Plan Leak repair on Kompressor eins: Soll ich den Stand auf erledigt setzen?"
    ),
    "action_plan: shall change all": (
        "Zum Plan Leak repair on Kompressor eins: Soll ich den Fortschritt auf vierzig Prozent "
        "setzen, Ada als verantwortlich eintragen und die Frist auf den dreißigsten Dezember "
        "zweitausendsechsundzwanzig setzen?"
    ),
    "action_plan: shall cancel": (
        "Zum Plan Leak repair on Kompressor eins: Soll ich den Stand auf gestrichen setzen?"
    ),
    "action_plan: shall start": (
        "Zum Plan Leak repair on Kompressor eins: Soll ich den Stand auf in Arbeit setzen?"
    ),
    "action_plan: shall plan": (
        "Zum Plan Leak repair on Kompressor eins: Soll ich den Stand auf geplant zurücksetzen?"
    ),
    "action_plan: completed": (
        "Fertig. Leak repair on Kompressor eins ist erledigt. Nach einer Woche kann ich sagen, "
        "was er gespart hat."
    ),
    "action_plan: completed and verified": (
        "Fertig. Leak repair on Kompressor eins ist erledigt. Seit dem Abschluss hat Leak "
        "repair on Kompressor eins siebenhundertdreißig Kilowattstunden Strom gespart, plus "
        "oder minus achtzig Kilowattstunden. Das sind sechs Prozent des Verbrauchs, der sonst "
        "zu erwarten war, nach Version fünf der Ausgangsbasis."
    ),
    "action_plan: completed, nothing known": (
        "Fertig. Leak repair on Kompressor eins ist erledigt."
    ),
    "action_plan: changed": (
        "Fertig. Verantwortlich für Leak repair on Kompressor eins ist John Miller. Leak repair"
        " on Kompressor eins ist am dreißigsten Dezember zweitausendsechsundzwanzig fällig."
    ),
    "action_plan: on its way": (
        "Fertig. Leak repair on Kompressor eins ist zu vierzig Prozent umgesetzt."
    ),
    "action_plan: cancelled": "Fertig. Leak repair on Kompressor eins ist gestrichen.",
    "action_plan: none": "Es gibt noch keine Aktionspläne.",
    "action_plan: none of a machine": "Für Kompressor eins gibt es noch keinen Aktionsplan.",
    "action_plan: all": (
        "Es gibt vier Aktionspläne, davon offen: drei. Leak repair on Kompressor eins ist "
        "geplant, fällig am dreißigsten Dezember zweitausendsechsundzwanzig. Leak repair on "
        "Kompressor eins ist in Arbeit, fällig am dreißigsten Dezember "
        "zweitausendsechsundzwanzig, verantwortlich ist John Miller. Night shutdown ist "
        "geplant. Dazu kommt noch einer."
    ),
    "action_plan: one": (
        "Leak repair on Kompressor eins ist geplant, fällig am dreißigsten Dezember "
        "zweitausendsechsundzwanzig, verantwortlich ist John Miller."
    ),
    "action_plan: two that are open": (
        "Das trifft auf zwei Aktionspläne zu. Leak repair on Kompressor eins ist geplant, "
        "fällig am dreißigsten Dezember zweitausendsechsundzwanzig. Leak repair on Kompressor "
        "eins ist geplant, fällig am dreißigsten Dezember zweitausendsechsundzwanzig, "
        "verantwortlich ist John Miller."
    ),
    "action_plan: overdue": (
        "Leak repair on Kompressor eins war am ersten November zweitausendsechsundzwanzig "
        "fällig und ist überfällig."
    ),
    "action_plan: none such": "Von zwei Aktionsplänen ist keiner überfällig.",
    "action_plan: the only one is not": "Der einzige Aktionsplan ist nicht erledigt.",
    "action_plan: none is open": "Von zwei Aktionsplänen ist keiner offen.",
    "action_plan: who": (
        "Verantwortlich für Leak repair on Kompressor eins ist John Miller. Für night shutdown "
        "ist noch niemand verantwortlich."
    ),
    "action_plan: until when": (
        "Leak repair on Kompressor eins ist am dreißigsten Dezember zweitausendsechsundzwanzig "
        "fällig. Night shutdown hat keine Frist."
    ),
    "action_plan: saved": (
        "Seit dem Abschluss hat Leak repair on Kompressor eins siebenhundertdreißig "
        "Kilowattstunden Strom gespart, plus oder minus achtzig Kilowattstunden. Das sind sechs"
        " Prozent des Verbrauchs, der sonst zu erwarten war, nach Version fünf der "
        "Ausgangsbasis."
    ),
    "action_plan: saved, error unknown": (
        "Seit dem Abschluss hat Leak repair on Kompressor eins siebenhundertdreißig "
        "Kilowattstunden Strom gespart. Wie genau das ist, kann ich nicht sagen."
    ),
    "action_plan: saved, by chance": (
        "Was Leak repair on Kompressor eins seit dem Abschluss gespart hat, liegt in der "
        "üblichen Streuung, höchstens einhundertvierzig Kilowattstunden Strom."
    ),
    "action_plan: saved nothing": (
        "Seit dem Abschluss von Leak repair on Kompressor eins sind dreihundert Kilowattstunden"
        " Strom mehr verbraucht worden als vorher, plus oder minus achtzig Kilowattstunden."
    ),
    "action_plan: saved, share unknown": (
        "Seit dem Abschluss hat Leak repair on Kompressor eins siebenhundertdreißig "
        "Kilowattstunden Strom gespart, plus oder minus achtzig Kilowattstunden."
    ),
    "action_plan: not yet done": (
        "Leak repair on Kompressor eins ist noch nicht abgeschlossen. Pro Woche dürfte das etwa"
        " zweihundertneunzig Kilowattstunden Strom sparen."
    ),
    "action_plan: not yet done, nothing expected": (
        "Night shutdown ist nicht abgeschlossen und hat darum noch nichts gespart."
    ),
    "action_plan: too early": (
        "Was Leak repair on Kompressor eins gespart hat, lässt sich noch nicht sagen. Das geht "
        "eine Woche nach dem Abschluss."
    ),
    "action_plan: no day": (
        "Wann Leak repair on Kompressor eins abgeschlossen wurde, weiß ich nicht, darum auch "
        "nicht, was gespart ist."
    ),
    "action_plan: no baseline": (
        "Es gibt keine Ausgangsbasis, nach der ich sagen könnte, was Leak repair on Kompressor "
        "eins gespart hat."
    ),
    "action_plan: no readings": (
        "Es fehlen zu viele Messwerte, um zu sagen, was Leak repair on Kompressor eins gespart hat."
    ),
    "action_plan: proved by the base load": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an der "
        "Grundlast. Soll ich ihn speichern?"
    ),
    "action_plan: proved by idling": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an dem "
        "Leerlaufanteil. Soll ich ihn speichern?"
    ),
    "action_plan: proved by running times": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an den "
        "Betriebsstunden. Soll ich ihn speichern?"
    ),
    "action_plan: proved by the peak": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an der "
        "Spitzenlast. Soll ich ihn speichern?"
    ),
    "action_plan: proved by energy per unit": (
        "Mein Vorschlag ist der Plan Leak repair on Kompressor eins: Lecks suchen und "
        "abdichten, am besten nachts, wenn es still ist. Pro Woche dürfte das etwa "
        "zweihundertneunzig Kilowattstunden Strom sparen. Ob es wirkt, zeigt sich an der "
        "Energie je Einheit. Soll ich ihn speichern?"
    ),
    "action_plan: no measure": (
        "Was Leak repair on Kompressor eins an der Lastspitze geändert hat, kann ich nicht "
        "vergleichen. Die Spitzenlast jedes Monats zeigt es."
    ),
}
