"""Records a Trainer's run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from inspect import signature
from pathlib import Path
from typing import Any

from transformers import TrainerCallback

from ...begin import run as begin_run
from ...disabled import DisabledRun
from ...run import Run, slice_and_shard
from ...settings import read_settings
from ..rows import Rows
from ..shared import Speaking, quiet
from .batches import Batches
from .start import name_of, start_of

EVALUATED = "eval_"

# What a Trainer adds to all that it logs.
ADDED = frozenset({"epoch", "num_input_tokens_seen"})

# Columns of steps that answers read by their names, by those that a Trainer gives them.
COLUMNS = {"learning_rate": "learningRate", "grad_norm": "gradNorm"}

# A training waits no longer for the disk.
FLUSH_SECONDS = 5.0


class Callback(Speaking, TrainerCallback):  # type: ignore[misc]
    """
    Records metrics, evaluations and checkpoints of a Trainer, and the tokens of each step where the Trainer counts them
    (`include_num_input_tokens_seen`). What was consumed is recorded with `slice`, where all data are of one, or with `attach`,
    where `tributary.wrap` says it of each item.

    The run is `name`, or the `run_name` of the arguments, or the last part of their `output_dir`. `more` are arguments of
    `tributary.run`, and count more than what the Trainer says. Throws TypeError for others, ValueError for a slice that is
    none, SettingsError; later nothing is thrown.
    """

    def __init__(self, name: str | None = None, *, slice: str | None = None, **more: Any) -> None:
        signature(begin_run).bind("any", **{"model": "any"} | more)
        if slice is not None:
            slice_and_shard(slice)
        read_settings(os.environ)
        self.name, self.slice, self.more = name, slice, more
        self.run: Run | DisabledRun | None = None
        self.rows: Rows
        self.batches = Batches()
        # Of the Trainer's count of tokens, what belongs to steps before; the evaluation that was measured last.
        self.tokens_before, self.evaluated = 0, frozenset[str]()

    def attach(self, trainer: Any) -> Callback:
        """Counts what the batches of a Trainer hold, whose `train_dataset` `tributary.wrap` made; before `train` is called."""
        if self.slice is not None:
            raise ValueError("slice says what all data are; without it, attach counts what the batches hold")
        if self not in trainer.callback_handler.callbacks:
            trainer.add_callback(self)
        self.batches.attach(trainer, self.more.get("attempt"))
        return self

    @quiet
    def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        """Also where the Trainer begins again, with smaller batches."""
        if self.run is not None:
            self.rows.settle()
            self.run.close()
        self.run = None
        self.tokens_before = state.num_input_tokens_seen
        self.batches.taken()
        if not state.is_world_process_zero and self._attempt() is None:
            return
        start = start_of(args, more.get("model"), more.get("processing_class") or more.get("tokenizer"))
        resumed = {"resumed_from": state.global_step} if state.global_step > 0 else {}
        self.run = begin_run(self.name or name_of(args), **start | resumed | self.more)
        self.rows = Rows(self.run)
        if self.slice and not _counts_tokens(args):
            self.say("what was consumed is not recorded: slice needs include_num_input_tokens_seen of the TrainingArguments")

    @quiet
    def on_step_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        if self.run is not None:
            self.rows.settle()

    @quiet
    def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        amounts = self.batches.taken()
        if self.run is None:
            return
        step = state.global_step
        if _counts_tokens(args) and state.is_world_process_zero:
            self._tokens(step, state.num_input_tokens_seen - self.tokens_before)
        self.tokens_before = state.num_input_tokens_seen
        if amounts:
            self.run.batch(step, amounts)
        self._before_a_save(control)

    def _tokens(self, step: int, tokens: int) -> None:
        if tokens == 0:
            return self.say("the Trainer counts no tokens in these batches: its model's main input is not among them")
        self.rows.log({}, step, tokens)
        if self.run is not None and self.slice:
            self.run.batch(step, {self.slice: tokens}, method="reported")

    @quiet
    def on_epoch_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        self._before_a_save(control)

    @quiet
    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **more: Any) -> None:
        if self.run is None or not logs:
            return
        evaluated = {name: value for name, value in logs.items() if name.startswith(EVALUATED)}
        # An evaluation with a prefix of its own is logged too.
        self.evaluated |= logs.keys()
        self.rows.measure(evaluated, state.global_step)
        others = _with_columns({name: value for name, value in logs.items() if name not in evaluated})
        if not evaluated or others.keys() - ADDED:
            self.rows.log(others, state.global_step)
        if control.should_save:
            self._flush()

    @quiet
    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: Any = None, **more: Any) -> None:
        """Trainers log an evaluation before they say that there was one."""
        if self.run is None:
            return
        self.rows.measure({name: value for name, value in (metrics or {}).items() if name not in self.evaluated | ADDED},
                          state.global_step)
        self.evaluated = frozenset()
        self._flush()

    @quiet
    def on_save(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        if self.run is None:
            return
        self.rows.flush(FLUSH_SECONDS)
        folder = Path(args.output_dir).absolute() / f"checkpoint-{state.global_step}"
        self.run.checkpoint(state.global_step, uri=str(folder) if folder.is_dir() else None,
                            tokens=state.num_input_tokens_seen if _counts_tokens(args) else None)

    @quiet
    def on_train_end(self, args: Any, state: Any, control: Any, **more: Any) -> None:
        """The run stays open for evaluations that follow, until the process ends or the Trainer trains again."""
        if self.run is None:
            return
        self.rows.settle()
        if state.global_step < state.max_steps:
            self.run.end("stopped", reason=f"stopped before step {state.max_steps}")
        else:
            self.run.end("completed")
        self._flush()
        invalid = self.run.status().invalid
        if invalid:
            self.say(f"{invalid} calls were not recorded, the last because of: {self.run.status().last_error}")

    def _attempt(self) -> int | None:
        return self.more.get("attempt") or read_settings(os.environ).attempt

    def _before_a_save(self, control: Any) -> None:
        """Whoever goes on from a checkpoint finds recorded what came before it; metrics of the step are still to come."""
        if control.should_save and not control.should_log:
            self._flush()

    def _flush(self) -> None:
        if self.run is not None:
            self.rows.flush(FLUSH_SECONDS)


def _counts_tokens(args: Any) -> bool:
    """Since transformers 5 it is a word, before it was a boolean."""
    return getattr(args, "include_num_input_tokens_seen", False) not in (False, None, "no")


def _with_columns(logs: Mapping[str, Any]) -> dict[str, Any]:
    """What a script logs under the name of a column stays what it is."""
    return {name if COLUMNS.get(name, name) in logs else COLUMNS.get(name, name): value for name, value in logs.items()}
