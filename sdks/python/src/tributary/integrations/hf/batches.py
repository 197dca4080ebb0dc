"""What the batches of a Trainer hold, counted where a step uses them: loaders read ahead, and the last batches may be dropped."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from functools import wraps
from typing import Any

from ...amounts import KEY, UNKNOWN, Amounts
from ...settings import read_settings
from ...wrapping import Collate, Iterated, is_stream_of_torch
from ..shared import Speaking, shown


class Batches(Speaking):
    """Amounts of the batches since the last step. Of a Trainer that it was not attached to there are none."""

    def __init__(self) -> None:
        self.amounts = Amounts()

    def attach(self, trainer: Any, attempt: int | None) -> None:
        """Amounts come with a batch, and leave it before the model sees it. Once for a Trainer."""
        train, predict = trainer.training_step, trainer.prediction_step
        owner = getattr(train, KEY, None)
        if owner is self:
            return
        if owner is not None:
            raise ValueError("another callback counts the batches of this Trainer: attach a further one to a Trainer of its own")
        reason = why_not(trainer, attempt)
        if reason:
            self.say(f"what batches hold is not recorded: {reason}")
        self._collate(trainer, counts=not reason)

        @wraps(train)
        def training_step(model: Any, inputs: Any, *more: Any, **named: Any) -> Any:
            amounts = _taken_from(inputs)
            loss = train(model, inputs, *more, **named)
            if not reason:
                self._add(amounts)
            return loss

        @wraps(predict)
        def prediction_step(model: Any, inputs: Any, *more: Any, **named: Any) -> Any:
            _taken_from(inputs)
            return predict(model, inputs, *more, **named)

        setattr(training_step, KEY, self)
        trainer.training_step, trainer.prediction_step = training_step, prediction_step

    def taken(self) -> Amounts:
        """Amounts of a step; the next ones are those of the next."""
        amounts, self.amounts = self.amounts, Amounts()
        return amounts

    def _add(self, amounts: Any) -> None:
        """Throws nothing."""
        found = amounts if isinstance(amounts, Mapping) and amounts else {UNKNOWN: "a batch came without its amounts"}
        self.amounts.add(found)
        if UNKNOWN in found:
            self.say(f"steps with such a batch are recorded without amounts: {shown(str(found[UNKNOWN]))}", UNKNOWN)

    def _collate(self, trainer: Any, counts: bool) -> None:
        """
        The Trainer removes columns that the model does not know around the collate function that it is given, from items that
        are dicts; from those of `wrap` it has to do so inside.
        """
        given = trainer.data_collator
        inner = given.inner if isinstance(given, Collate) else given
        remove = getattr(trainer, "_get_collator_with_removed_columns", None)
        if callable(remove) and inner is not None:
            inner = remove(inner, description="training")
        trainer.data_collator = Collate(inner, counts)


# Of tensors, contexts and sequences that several processes share.
SHARING = ("get_tp_size", "get_cp_size", "get_sp_size")


def why_not(trainer: Any, attempt: int | None) -> str | None:
    """Of several processes, each has to know the attempt, and to read its own batches."""
    args, dataset = trainer.args, trainer.train_dataset
    if args.world_size == 1:
        return None
    if any(getattr(trainer, name, lambda: 1)() > 1 for name in SHARING):
        return "several processes work on one batch (tensor, context or sequence parallel), and each would count it"
    if attempt is None and read_settings(os.environ).attempt is None:
        return f"each of the {args.world_size} processes knows its own batches only; set TRIBUTARY_ATTEMPT for all of them"
    dispatch = getattr(getattr(args, "accelerator_config", None), "dispatch_batches", None)
    if dispatch or dispatch is None and (isinstance(dataset, Iterated) or is_stream_of_torch(dataset)):
        return "one process reads for all; accelerator_config={'dispatch_batches': False} lets each read its own"
    return None


def _taken_from(inputs: Any) -> Any:
    return inputs.pop(KEY, None) if isinstance(inputs, MutableMapping) else None
