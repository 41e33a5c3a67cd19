"""A small language that nobody speaks, as the files that a translator would write.

num2words does not know it, so it lists its own number words.
"""

from __future__ import annotations

from pathlib import Path

LANG = "tx-xx"

INTENTS = {
    "energy": """
        kelom enu uzal {machine}
        kelom enu uzal {machine} tum {period}
        kelom {energy_source} uzal {machine}
        kelom {energy_source} uzal {machine} tum {period}
        kelom {energy_source} {period}
        {period} kelom enu
        kelom enu {period}
        enu de {machine}
        {energy_source} de {machine} tum {period}
        """,
    "cost": """
        kelom prezu enu de {machine}
        prezu de {machine} tum {period}
        kelom prezu {period}
        prezu de {energy_source}
        kelom kostal {machine}
        """,
    "power": """
        kelom fortu tiras {machine}
        kelom fortu tiras {machine} {period}
        fortu de {machine}
        kelom fortu
        """,
    "ranking": """
        kiu aparu uzal pleju enu
        kiu aparu uzal pleju enu {period}
        {count} aparui kum pleju enu
        kiu aparu uzal pleju {energy_source}
        """,
    "machine_list": """
        listu de aparui
        listu tutu aparui
        kiu aparui estas
        """,
    "help": """
        asistu
        asistu min
        kio vi povas
        """,
    "other": """
        ludu muziku
        kio estas vetero
        kelom estas klok
        kiu ludal pilku
        sonu nun
        kelom kostal panu
        kelom grandu estas lunu
        estas varmu
        """,
}

VOCABULARY = {
    "energy_word": "enu\nfortu\nprezu\naparu\naparui",
    "energy_unit": "kilovatu",
    "not_ours": "(ludu|sonu) ...",
    "not_ours_command": "haltu ...",
    "question_word": "(kiu|kelom|kio)",
    "cancel": "lasu",
    "machine_noun": "turbinu",
    "machine_generic": "aparu\naparui",
    "machine_unnamed": "tiu aparu",
    "before_machine": "de\nuzal\ntiras",
    "scope_everything": "tutu [aparui]",
    "except": "sen",
    "unhandled": "(pasu|prevu|nunu|septu)",
    "unhandled_figure": "varmu",
    "unhandled_reference": "de gi",
    "past_tense": "uzal\nkostal",
    "source_electricity": "elektu",
    "source_natural_gas": "gazu",
    "foreign_source": "oleu",
    "which": "kiu",
    "ranking_one": "kiu aparu",
    "order_highest": "pleju",
    "choice_all": "ambu",
    "period_today": "nunu",
    "period_yesterday": "prevu",
    "period_last": "pasu",
    "period_this": "tiu",
    "period_now": "jen",
    "period_preposition": "tum",
    "unit_week": "septu",
    "number_word": """
        0 nul
        1 un
        2 bi
        3 tri
        4 kar
        5 pen
        6 hex
        7 sep
        8 okt
        9 non
        10 dek
        20 bidek
        30 tridek
        40 kardek
        50 pendek
        60 hexdek
        70 sepdek
        80 oktdek
        90 nondek
        100 cent
        1000 mil
        point punto
        minus malpli
        ordinal {number}ma
        """,
    **{
        f"weekday_{day}": word
        for day, word in {
            "monday": "lunde",
            "tuesday": "marde",
            "wednesday": "merde",
            "thursday": "jude",
            "friday": "vende",
            "saturday": "sabde",
            "sunday": "dimde",
        }.items()
    },
    **{
        f"month_{month}": f"mensu {number}"
        for month, number in {
            "january": "un",
            "february": "bi",
            "march": "tri",
            "april": "kar",
            "may": "pen",
            "june": "hex",
            "july": "sep",
            "august": "okt",
            "september": "non",
            "october": "dek",
            "november": "dekun",
            "december": "dekbi",
        }.items()
    },
}

DIALOGS = {
    "energy_used": "{scope} uzal {amount} de {source} {period}.",
    "ranking_first": "{machine} {verb} {most} {period}: {amount}.",
    "period_yesterday": "prevu",
    "period_last_week": "pasu septu",
    "period_today": "nunu",
    "list_and": "{first} kaj {last}",
    "list_or": "{first} au {last}",
    "scope_all": "tutu",
    "scope_all_sites": "tutu",
    "which_machine": "Kiu: {choices}?",
    "unknown_machine": "Mi ne konas {unknown}. Mi konas {machines}.",
    "unknown_source": "Mi ne konas {unknown}. Mi konas {sources}.",
    "list_and_more": "{first} kaj {count} pleju",
    "not_understood": "Mi ne komprenas.",
    "cancelled": "Bonu.",
    "help_overview": "Diru: kelom enu uzal {machine} prevu?",
    "machine_list": "Mi konas {machines}: {names}.",
    "machines_several": "{count} aparui",
}

VALUES = {
    "units": "kWh,kilovatu | kilovatui\nMWh,megavatu | megavatui\nm³,kubu | kubui\n%,procentu",
    "unit_symbols": "kWh,kvh",
    "currencies": "EUR,eu | eu",
    "measures": "energy_verb,uzal\nenergy_by,enu\nenergy_most,pleju enu",
    "modes": "running,laboras",
}


def write_language(root: Path) -> Path:
    """The files as a merged tree, `<root>/locale/<lang>/...`; the root."""
    folder = root / "locale" / LANG
    for suffix, files in (
        ("intent", INTENTS),
        ("voc", VOCABULARY),
        ("dialog", DIALOGS),
        ("value", VALUES),
    ):
        for name, lines in files.items():
            path = folder / f"{name}.{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{lines.strip()}\n", encoding="utf-8")
    return root
