"""Amounts of money as words: "one hundred and forty two euros", "three euros twenty"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import partial

from enms_core.domain.tariff import Money
from enms_core.language.words import Words, rounded

ONE = Decimal(1)
HUNDRED = Decimal(100)
CENT = ONE / HUNDRED
# Fewer cents than this are told as cents: "three euros and five cents".
TWO_DIGITS = 10

_Counted = Callable[[Decimal, Sequence[str]], str]


def money_words(
    words: Words, amount: Decimal, currency: str | None, is_object: bool = False
) -> str:
    """An amount in the words of its currency, rounded for the ear: three significant digits, and
    nothing smaller than a cent. is_object: as what a verb acts on, "cost one euro".

    A currency that the language has no words for is spelled; one that is not known is said to be
    that of the site.
    """
    if currency is None:
        return words.phrase("money_no_currency", {"amount": words.number(rounded(float(amount)))})
    counted = partial(words.counted, is_object=is_object)
    forms = words.forms("currencies", currency.upper())
    if not forms:
        return counted(rounded(float(amount)), (" ".join(currency.upper()),))
    unit, cent = forms[:2], forms[2:4]
    short = _short(amount, CENT if cent else ONE)
    if amount > 0 and not short:
        return words.phrase("money_less_than", {"amount": counted(ONE, cent or unit)})
    return _with_cents(words, counted, short, unit, cent) if cent else counted(short, unit)


def spent_words(words: Words, sums: Sequence[Money]) -> str:
    """What something cost, as the object of a verb: an amount a currency."""
    said = [money_words(words, each.amount, each.currency, is_object=True) for each in sums]
    return words.listed(said, whole=True)


def _short(amount: Decimal, coin: Decimal) -> Decimal:
    """As other numbers are rounded, but to no less than the smallest coin."""
    if abs(amount) < HUNDRED * coin:
        return amount.quantize(coin, rounding=ROUND_HALF_UP)
    return rounded(float(amount))


def _with_cents(
    words: Words, counted: _Counted, amount: Decimal, unit: Sequence[str], cent: Sequence[str]
) -> str:
    whole = amount.to_integral_value(ROUND_DOWN)
    cents = (amount - whole) * HUNDRED
    if not cents:
        return counted(whole, unit)
    if not whole:
        return counted(cents, cent)
    slots = {"units": counted(whole, unit)}
    if abs(cents) < TWO_DIGITS:
        few = counted(abs(cents), cent)
        return words.phrase("money_few_cents", {**slots, "cents": few})
    return words.phrase("money_cents", {**slots, "cents": words.number(abs(cents))})
