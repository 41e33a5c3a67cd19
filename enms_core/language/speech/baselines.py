"""The sayings of all answers about baselines, by the kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enms_core.domain import baseline_answers as about
from enms_core.domain import baseline_asking as asked
from enms_core.domain.answer import Answer
from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline_comparison import BaselineComparison, NothingToCompare
from enms_core.domain.baseline_prediction import CannotPredict, Prediction
from enms_core.language.render import Dialog
from enms_core.language.speech import baseline_asking as asking
from enms_core.language.speech import baseline_model as models
from enms_core.language.speech import baseline_train as training
from enms_core.language.speech.baseline_compare import (
    say_baseline_comparison,
    say_nothing_to_compare,
)
from enms_core.language.speech.baseline_list import say_baseline_list
from enms_core.language.speech.baseline_predict import say_cannot_predict, say_prediction
from enms_core.language.speech.voice import Voice

OF_BASELINES: Mapping[type[Answer], Callable[[Any, Voice], list[Dialog]]] = {
    AsksWhich: asking.say_asks_which,
    asked.AsksForDrivers: asking.say_asks_for_drivers,
    asked.AsksForPeriod: asking.say_asks_for_period,
    asked.AsksToTrain: asking.say_asks_to_train,
    asked.AsksToActivate: asking.say_asks_to_activate,
    asked.OffersTraining: asking.say_offers_training,
    asked.OffersOneByOne: asking.say_offers_one_by_one,
    asked.DriversRefused: asking.say_drivers_refused,
    about.Trained: training.say_trained,
    about.TooFewSamples: training.say_too_few_samples,
    about.TrainingRefused: training.say_training_refused,
    about.NoSeu: training.say_no_seu,
    about.EveryOneTrained: asking.say_every_one_trained,
    about.BaselineList: say_baseline_list,
    about.BaselineExplanation: models.say_explanation,
    about.Activated: models.say_activated,
    about.VersionUnknown: models.say_version_unknown,
    Prediction: say_prediction,
    CannotPredict: say_cannot_predict,
    BaselineComparison: say_baseline_comparison,
    NothingToCompare: say_nothing_to_compare,
}
