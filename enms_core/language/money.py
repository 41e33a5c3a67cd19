"""Amounts of money as words: "one hundred and forty two euros", "three euros twenty"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from enms_core.language.words import Words, rounded

ONE = Decimal(1)
HUNDRED = Decimal(100)
CENT = ONE / HUNDRED
# Fewer cents than this are told as cents: "three euros and five cents".
TWO_DIGITS = 10


def money_words(words: Words, amount: Decimal, currency: str | None) -> str:
    """An amount in the words of its currency, rounded for the ear: three significant digits, and
    nothing smaller than a cent.

    A currency that the language has no words for is spelled; one that is not known is said to be
    that of the site.
    """
    if currency is None:
        return words.phrase("money_no_currency", {"amount": words.number(rounded(float(amount)))})
    forms = words.forms("currencies", currency.upper())
    if not forms:
        spelled = " ".join(currency.upper())
        return _counted(words, rounded(float(amount)), (spelled,))
    unit, cent = forms[:2], forms[2:4]
    short = _short(amount, CENT if cent else ONE)
    if amount > 0 and not short:
        return words.phrase("money_less_than", {"amount": _counted(words, ONE, cent or unit)})
    return _with_cents(words, short, unit, cent) if cent else _counted(words, short, unit)


def _short(amount: Decimal, coin: Decimal) -> Decimal:
    """As other numbers are rounded, but to no less than the smallest coin."""
    if abs(amount) < HUNDRED * coin:
        return amount.quantize(coin, rounding=ROUND_HALF_UP)
    return rounded(float(amount))


def _with_cents(words: Words, amount: Decimal, unit: Sequence[str], cent: Sequence[str]) -> str:
    whole = amount.to_integral_value(ROUND_DOWN)
    cents = (amount - whole) * HUNDRED
    if not cents:
        return _counted(words, whole, unit)
    if not whole:
        return _counted(words, cents, cent)
    slots = {"units": _counted(words, whole, unit)}
    if abs(cents) < TWO_DIGITS:
        few = _counted(words, abs(cents), cent)
        return words.phrase("money_few_cents", {**slots, "cents": few})
    return words.phrase("money_cents", {**slots, "cents": words.number(abs(cents))})


def _counted(words: Words, count: Decimal, forms: Sequence[str]) -> str:
    return f"{words.number(count)} {forms[0] if abs(count) == 1 else forms[-1]}"
