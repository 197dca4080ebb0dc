"""Begins an attempt of a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from .disabled import DisabledRun
from .events import Writer
from .ranks import Rank, rank_of
from .run import Run
from .server import Refused, Unavailable, last_attempt, server_of
from .settings import Settings, read_settings
from .spool import claim_attempt, run_folder


def run(id: str, *, model: str | Mapping[str, Any], config: Any = None, seeds: Mapping[str, int] | None = None,
        attempt: int | None = None, resumed_from: tuple[int, int] | int | None = None,
        forked_from: tuple[str, int] | None = None, experiment: str | None = None, arm: str | None = None,
        mixture: str | None = None, tokenizer: str | None = None, token_budget: int | None = None,
        parent_checkpoint: str | None = None, name: str | None = None, project: str | None = None,
        snapshot: str | None = None, code: Mapping[str, str] | None = None, hardware: str | None = None,
        environment: Mapping[str, str] | None = None) -> Run | DisabledRun:
    """
    Begins an attempt of the run `id`, which keeps its id over restarts. `model` is a name, or `name`, `parameters` and
    `architecture`; `seeds` are `init` and `dataOrder`; `code` is `repository`, `revision` and `digest`.

    `attempt` counts the starts of the run. Where neither it nor TRIBUTARY_ATTEMPT says so, it is the one after those that
    are in the spool or that the server knows. `resumed_from` is the last step of the attempt before this one that counts, or
    (attempt, step): later steps of that attempt are superseded. `forked_from` is (run, step): this run inherits that history.

    Throws SettingsError where the environment says what means nothing, SpoolInUse where another process records this
    attempt, OSError where the spool can't be written, ValueError for an attempt or an origin that can't be.
    """
    run_id = _run_id(id)
    variables = os.environ if environment is None else environment
    settings, rank = read_settings(variables), rank_of(variables)
    told = attempt or settings.attempt
    if settings.mode == "disabled":
        return DisabledRun(run_id, told or 1)
    if told is None and rank.number > 0:
        print(f"tributary: process {rank.number} records nothing: it needs to know the attempt, which the first one counts; "
              "set TRIBUTARY_ATTEMPT for all of them", file=sys.stderr)
        return DisabledRun(run_id, 1)
    number = told or claim_attempt(settings.spool, run_id, _known(settings, run_id))
    begun = Run(Writer(run_id, number, rank.number), settings, rank)
    begun.start({
        "model": {"name": model} if isinstance(model, str) else model, "config": _config(config), "seeds": seeds or {},
        "resumedFrom": _resumed(resumed_from, number), "forkedFrom": _forked(forked_from), "experimentId": experiment,
        "arm": arm, "mixtureId": mixture, "tokenizer": tokenizer, "tokenBudget": token_budget,
        "parentCheckpointId": parent_checkpoint, "name": name, "projectId": project, "snapshotId": snapshot, "code": code,
        "hardware": hardware})
    return begun


def _run_id(id: str) -> str:
    if not 1 <= len(id) <= 256 or id != id.encode("utf-8", "replace").decode("utf-8"):
        raise ValueError("the id of a run is text of 1 to 256 characters")
    return id


def _known(settings: Settings, id: str) -> int:
    """Asks the server where the spool knows nothing of the run: it may be that of another machine."""
    if settings.mode != "online" or run_folder(settings.spool, id).exists():
        return 0
    try:
        return last_attempt(server_of(settings), id)
    except (Unavailable, Refused):
        return 0


def _config(config: Any) -> Mapping[str, Any]:
    if config is None:
        return {}
    return config if isinstance(config, Mapping) else vars(config)


def _resumed(resumed_from: tuple[int, int] | int | None, attempt: int) -> dict[str, int] | None:
    if resumed_from is None:
        return None
    before, step = resumed_from if isinstance(resumed_from, tuple) else (attempt - 1, resumed_from)
    if not 1 <= before < attempt:
        raise ValueError(f"attempt {attempt} can't go on from attempt {before}")
    return {"attempt": before, "step": step}


def _forked(forked_from: tuple[str, int] | None) -> dict[str, Any] | None:
    return None if forked_from is None else {"runId": forked_from[0], "step": forked_from[1]}
