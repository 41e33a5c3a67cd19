"""How it is said which baselines an answer rests on, what they have learned from and how well."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.evidence import ModelEvidence
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import ADOPTED, dated_period, explained_words
from enms_core.language.speech.voice import Voice


def say_models(models: Sequence[ModelEvidence], voice: Voice) -> list[Dialog]:
    """Each stored version; those that were fitted for the answer alone together."""
    stored = [dialog for model in models for dialog in _stored(model, voice)]
    fitted = [model for model in models if model.version is None]
    return [*stored, *_fitted(fitted, voice)]


def _stored(model: ModelEvidence, voice: Voice) -> list[Dialog]:
    """Its number, then the period of training and the share that it explains."""
    if model.version is None:
        return []
    name: Dialog = ("evidence_model", {"version": voice.words.count(model.version)})
    return [
        ("evidence_model_adopted", {}) if model.version == ADOPTED else name,
        *_worth(model, voice),
    ]


def _worth(model: ModelEvidence, voice: Voice) -> list[Dialog]:
    period = None if model.period is None else dated_period(model.period, voice)
    share = None if model.r2 is None else explained_words(model.r2, voice)
    if period is not None and share is not None:
        return [("evidence_model_trained", {"period": period, "share": share})]
    dialogs: list[Dialog] = []
    if period is not None:
        dialogs.append(("evidence_model_period", {"period": period}))
    if share is not None:
        return [*dialogs, ("evidence_model_share", {"share": share})]
    return [*dialogs, ("evidence_model_unknown", {})]


def _fitted(models: Sequence[ModelEvidence], voice: Voice) -> list[Dialog]:
    """Models of the same readings, that are not kept."""
    shares = [explained_words(model.r2, voice) for model in models if model.r2 is not None]
    periods = [model.period for model in models if model.period is not None]
    if not shares or not periods:
        return []
    shares_said = voice.words.listed(list(dict.fromkeys(shares)), whole=True)
    return [
        (
            "evidence_models_fitted",
            {"period": dated_period(periods[0], voice), "shares": shares_said},
        )
    ]
