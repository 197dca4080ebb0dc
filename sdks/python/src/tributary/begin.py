"""Begins an attempt of a run."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from .disabled import DisabledRun
from .files import InUse
from .ranks import Rank, rank_of
from .redact import without_secrets
from .run import Run
from .server import last_attempt
from .settings import MOST_ATTEMPTS, Settings, read_settings
from .spool import SpoolWriter, attempts_in, claim_attempt, first_free, spools_in
from .values import LARGEST_EXACT, number_of, plain, step_of

SEEDS, MODEL, CODE = ("init", "dataOrder"), ("name", "parameters", "architecture"), ("repository", "revision", "digest")
MOST_MEMBERS, MOST_LEVELS = 500, 24
SECONDS_OF_A_BEGIN = 0.01


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
    the spool and the server know. `resumed_from` is the last step of the attempt before this one that counts, or
    (attempt, step): later steps of that attempt are superseded. `forked_from` is (run, step): this run inherits that history.

    Throws SettingsError where the environment says what means nothing, ValueError where an argument can't be recorded, OSError
    where the spool can't be written.
    """
    run_id = _run_id(id)
    if attempt is not None and not 1 <= attempt <= MOST_ATTEMPTS:
        raise ValueError(f"attempts count from 1 to {MOST_ATTEMPTS}")
    start = {
        "model": _model(model), "config": _config(config), "seeds": _seeds(seeds or {}),
        "forkedFrom": None if forked_from is None else {"runId": _run_id(forked_from[0]), "step": step_of(forked_from[1])},
        "experimentId": experiment, "arm": arm, "mixtureId": mixture, "tokenizer": tokenizer, "tokenBudget": token_budget,
        "parentCheckpointId": parent_checkpoint, "name": name, "projectId": project, "snapshotId": snapshot,
        "code": _members("code", code or {}, CODE) or None,
        "hardware": hardware}
    said = plain({member: value for member, value in start.items() if value is not None})
    config = without_secrets(said["config"])
    if config != said["config"]:
        said |= {"config": config, "redacted": True}
    variables = os.environ if environment is None else environment
    settings, rank = read_settings(variables), rank_of(variables)
    told = attempt or settings.attempt
    if settings.mode == "disabled" or not _takes_part(rank, told):
        return DisabledRun(run_id, told or 1)
    # Each start has a number of its own: two in one attempt would count twice what they consumed.
    known = 0 if told is not None else _known(settings, run_id)
    while True:
        number = claim_attempt(settings.spool, run_id, known) if told is None else first_free(settings.spool, run_id, told, rank.number)
        resumed = _resumed(resumed_from, number)
        try:
            writer = SpoolWriter.begin(settings.spool, run_id, number, rank.number)
        except InUse:  # Another process takes the number at this moment.
            time.sleep(SECONDS_OF_A_BEGIN)
            continue
        if told not in (None, number):
            _say(f"attempt {told} of {run_id} was recorded before: this start is attempt {number}; count TRIBUTARY_ATTEMPT up at each start")
        begun = Run(writer, settings, rank, _left(settings.spool, run_id, number) if rank.number == 0 else [])
        begun.begin(said | ({} if resumed is None else {"resumedFrom": resumed}))
        return begun


def _run_id(id: str) -> str:
    if not 1 <= len(id) <= 256 or id != id.encode("utf-8", "replace").decode("utf-8"):
        raise ValueError("the id of a run is text of 1 to 256 characters")
    return id


def _takes_part(rank: Rank, told: int | None) -> bool:
    if told is not None or rank.processes == 1:
        return True
    if rank.number > 0:
        _say(f"process {rank.number} records nothing: it needs to know the attempt; set TRIBUTARY_ATTEMPT for all of them")
        return False
    _say(f"the other {rank.processes - 1} processes record nothing, so amounts of run.batch have to be those of all")
    return True


def _known(settings: Settings, run: str) -> int:
    """The last attempt that the server knows; 0 where nobody is asked, or nobody answers."""
    known = last_attempt(settings, run) if settings.mode == "online" else 0
    if known is None and not attempts_in(settings.spool, run):
        _say(f"nobody could be asked how often {run} was started before: this start is attempt 1; TRIBUTARY_ATTEMPT says otherwise")
    return known or 0


def _left(spool: Path, run: str, attempt: int) -> list[Path]:
    """What earlier attempts of the run may have left."""
    return [folder for number, entry in attempts_in(spool, run).items() if number < attempt for folder in spools_in(entry)]


def _config(config: Any) -> Any:
    """The members of a mapping, a dataclass or an object; a list or a single value under a name."""
    if config is None:
        return {}
    if not isinstance(config, Mapping) and not is_dataclass(config):
        config = vars(config) if hasattr(config, "__dict__") else {"config": config}
    found = plain(config)
    if len(found) > MOST_MEMBERS:
        raise ValueError(f"a configuration has at most {MOST_MEMBERS} members, and this one {len(found)}: put some into others")
    _require_plain(found, MOST_LEVELS)
    return found


def _require_plain(value: Any, levels: int) -> None:
    """Facts have so many levels, and no text with NUL."""
    if levels == 0:
        raise ValueError(f"a configuration has at most {MOST_LEVELS} levels")
    if isinstance(value, str) and "\0" in value:
        raise ValueError("a text of the configuration has a NUL")
    members = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for member in members:
        _require_plain(member, levels - 1)


def _model(model: str | Mapping[str, Any]) -> Mapping[str, Any]:
    said = {"name": model} if isinstance(model, str) else model
    if not said.get("name"):
        raise ValueError("a model has a name")
    return _members("model", said, MODEL)


def _members(of: str, said: Mapping[str, Any], known: tuple[str, ...]) -> Mapping[str, Any]:
    if unknown := [name for name in said if name not in known]:
        raise ValueError(f"{of} has {', '.join(known)}, and no {unknown[0]}")
    return said


def _seeds(seeds: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for name, value in seeds.items():
        seed = number_of(value)
        if name not in SEEDS or not isinstance(seed, int) or not 0 <= seed < LARGEST_EXACT:
            raise ValueError(f"seeds are {' and '.join(SEEDS)}, whole numbers from 0 below 2^53; others go into the configuration")
        found[name] = seed
    return found


def _resumed(resumed_from: tuple[int, int] | int | None, attempt: int) -> dict[str, Any] | None:
    if resumed_from is None:
        return None
    if not isinstance(resumed_from, tuple):
        if attempt > 1:
            return {"attempt": attempt - 1, "step": step_of(resumed_from)}
        _say(f"no attempt before this one is known, so nothing is recorded of what it resumed from (step {resumed_from})")
        return None
    before, step = resumed_from
    if not 1 <= before < attempt:
        raise ValueError(f"attempt {attempt} can't go on from attempt {before}")
    return {"attempt": before, "step": step_of(step)}


def _say(text: str) -> None:
    with suppress(OSError, ValueError):  # stderr may be closed, or a file on a full disk.
        print(f"tributary: {text}", file=sys.stderr)
