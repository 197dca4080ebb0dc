"""For the Trainer of Lightning 2, under either name of its package."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from importlib import import_module
from inspect import signature
from typing import Any
from weakref import ref

from ..begin import run as begin_run
from ..disabled import DisabledRun
from ..run import Run
from ..settings import read_settings
from .rows import Rows
from .shared import Hook, Speaking, parameters_of, quiet

PACKAGES = ("lightning.pytorch", "pytorch_lightning")

# A training waits no longer for the disk.
FLUSH_SECONDS = 5.0

STATUS = {"success": "completed", "failed": "failed"}
"""Others, such as that a job was put back into its queue, are stops."""


def _lightning() -> Any:
    """The one that the script has imported; its loggers are of another class than the other's."""
    for name in sorted(PACKAGES, key=lambda name: name not in sys.modules):
        try:
            return import_module(name)
        except ModuleNotFoundError as error:
            if error.name not in ("lightning", *PACKAGES):
                raise
    raise ImportError("tributary.integrations.lightning needs lightning: pip install lightning")


_package = _lightning()
rank_zero_only = _package.utilities.rank_zero_only


def of_rank_zero(hook: Hook) -> Hook:
    """Of the first process alone, and without throwing."""
    wrapped: Hook = rank_zero_only(quiet(hook))
    return wrapped


class Beginning:
    """A run that begins where it is first used."""

    def __init__(self, logger: Logger) -> None:
        self.logger = logger

    def __getattr__(self, name: str) -> Any:
        return getattr(self.logger._begun(), name)


class Logger(Speaking, _package.loggers.Logger):  # type: ignore[misc, name-defined]
    """
    Records metrics, hyperparameters and checkpoints of a Trainer, from the first of its processes. `more` are arguments of
    `tributary.run`; `experiment` is the run. A Trainer does not tell its loggers what it goes on from: an attempt supersedes
    those before it from its first step on, or from the one after `resumed_from`.

    `fit` begins the run, and the run stays open for a `test` behind it, until the process ends. A `test` or a `validate` alone
    records nothing: it would be a further attempt of a training.
    """

    def __init__(self, name: str, **more: Any) -> None:
        super().__init__()
        signature(begin_run).bind(name, **{"model": "any"} | more)
        read_settings(os.environ)
        self.run_name, self.more = name, more
        self.run: Run | DisabledRun | None = None
        self.hyperparameters: dict[str, Any] = {}
        self.model: dict[str, Any] = {}
        self.module: ref[Any] | None = None
        resumed = more.get("resumed_from")
        self.checkpoint_step = -1 if resumed is None else resumed[1] if isinstance(resumed, tuple) else resumed
        self.has_logged = False
        self.has_ended = False

    @property
    def name(self) -> str:
        return self.run_name

    @property
    def version(self) -> str:
        """A part of the folder of checkpoints, which stays the same over restarts, as the run does."""
        return ""

    @property
    def experiment(self) -> Any:
        """The run; Trainers read this before they know what it begins with."""
        return DisabledRun(self.run_name, 1) if rank_zero_only.rank > 0 else Beginning(self)

    @of_rank_zero
    def log_hyperparams(self, params: Mapping[str, Any] | Namespace, *_: Any, **__: Any) -> None:
        if self.run is None:
            self.hyperparameters |= vars(params) if isinstance(params, Namespace) else params
        elif dict(self.hyperparameters) != (vars(params) if isinstance(params, Namespace) else params):
            self.say("hyperparameters that are logged after the run has begun are not recorded")

    @of_rank_zero
    def log_graph(self, model: Any, input_array: Any = None) -> None:
        """Called once before each training or test, with all that the run begins with."""
        self.module = ref(model)
        if self._is_fit():
            if self.has_ended:
                self._close()
            if getattr(self._trainer(), "world_size", 1) > 1:
                self.say("only the first process records, so amounts of experiment.batch have to be those of all")
            if self.run is None:
                self.model = {"name": type(model).__name__, "parameters": parameters_of(model)}
            self._begun()

    @of_rank_zero
    def log_metrics(self, metrics: Mapping[str, Any], step: int | None = None) -> None:
        if self.run is None and not self._is_fit():
            return self.say("what is measured without a training before it is not recorded")
        self._begun()
        at = step if step is not None else self.rows.step + 1
        if self._is_fit():
            self.has_logged = True
            self.rows.log(metrics, at)
        else:
            self.rows.measure(metrics, at)

    @of_rank_zero
    def after_save_checkpoint(self, checkpoint_callback: Any) -> None:
        """
        Trainers count steps from 0, and name a checkpoint by their number: its last step is the one before. The same parameters
        under a second name are no second checkpoint.
        """
        trainer = self._trainer()
        done = checkpoint_callback._last_global_step_saved if trainer is None else trainer.global_step
        if done < 1 or done - 1 == self.checkpoint_step:
            return
        self.checkpoint_step = done - 1
        self._begun().checkpoint(done - 1, uri=self._path_of(checkpoint_callback))

    @of_rank_zero
    def save(self) -> None:
        """Called after metrics, and at the end of a batch, after which no more come of the step."""
        if self.run is not None and not self.has_logged:
            self.rows.settle()
        self.has_logged = False

    @of_rank_zero
    def finalize(self, status: str) -> None:
        if self.run is None or not self._is_fit():
            return
        self.run.end(STATUS.get(status, "stopped"), reason=None if status in STATUS else status)  # type: ignore[arg-type]
        self.has_ended = True
        self.rows.flush(FLUSH_SECONDS)
        if self.run.status().invalid:
            self.say(f"{self.run.status().invalid} calls were not recorded, the last because of: {self.run.status().last_error}")

    def __getstate__(self) -> dict[str, Any]:
        """Goes to processes that are spawned, where the run has not begun."""
        return self.__dict__ | {"run": None, "module": None, "rows": None}

    def _begun(self) -> Run | DisabledRun:
        if self.run is None:
            said = {"model": self.model or "unknown", "config": self.hyperparameters}
            try:
                self.run = begin_run(self.run_name, **said | self.more)
            except Exception as error:  # A module may use the run in a training step.
                self.say(f"nothing is recorded of {self.run_name}: {type(error).__name__}: {error}")
                self.run = DisabledRun(self.run_name, 1)
            self.rows = Rows(self.run)
        return self.run

    def _close(self) -> None:
        """Another training by one logger is another attempt: within one, its steps would count twice."""
        if self.run is not None:
            self.run.close()
        self.run, self.has_ended, self.checkpoint_step = None, False, -1
        self.more = {name: value for name, value in self.more.items() if name != "resumed_from"}

    def _trainer(self) -> Any:
        """None where the logger is used by hand."""
        module = self.module and self.module()
        return getattr(module, "_trainer", None)

    def _is_fit(self) -> bool:
        function = getattr(getattr(self._trainer(), "state", None), "fn", None)
        return function is None or function == "fit"

    def _path_of(self, checkpoint_callback: Any) -> str | None:
        found = getattr(checkpoint_callback, "_last_checkpoint_saved", "") or checkpoint_callback.last_model_path
        return str(found) or None
