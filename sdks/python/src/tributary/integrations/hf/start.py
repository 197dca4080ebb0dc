"""What a Trainer knows of its run before it trains."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from ...begin import MOST_MEMBERS
from ...values import LARGEST_EXACT
from ..shared import parameters_of

MOST_NAME, MOST_ARCHITECTURE = 256, 1024


def name_of(args: Any) -> str:
    """`run_name`, or the last part of `output_dir`, which earlier versions of transformers take for the name as a whole."""
    named = getattr(args, "run_name", None)
    return str(named if named and named != args.output_dir else PurePath(args.output_dir).name)


def start_of(args: Any, model: Any, tokenizer: Any) -> dict[str, Any]:
    """Arguments of `tributary.run`."""
    named = getattr(tokenizer, "name_or_path", None)
    return {"model": _model(args, model), "config": _config(args, model), "seeds": _seeds(args),
            "tokenizer": named if isinstance(named, str) and 1 <= len(named) <= MOST_NAME else None}


def _model(args: Any, model: Any) -> dict[str, Any]:
    config = getattr(model, "config", None)
    name = getattr(config, "_name_or_path", "") or getattr(config, "model_type", "") or type(model).__name__
    found: dict[str, Any] = {"name": str(name)[-MOST_NAME:], "architecture": type(model).__name__[:MOST_ARCHITECTURE]}
    # Parts of FSDP hold a part of the parameters each.
    return found if getattr(args, "fsdp", None) else found | {"parameters": parameters_of(model)}


def _config(args: Any, model: Any) -> dict[str, Any]:
    """The arguments by their names, and the model's configuration below `model`; `tributary.run` redacts secrets."""
    config = getattr(model, "config", None)
    to_dict = getattr(config, "to_dict", None)
    model_config = {name: value for name, value in (to_dict() if callable(to_dict) else {}).items() if not _is_wide(value)}
    found = dict(args.to_sanitized_dict()) | ({"model": model_config} if model_config else {})
    return found if len(found) <= MOST_MEMBERS else {"args": found}


def _is_wide(value: Any) -> bool:
    """Names of twenty thousand labels are more members than an event may have."""
    return isinstance(value, Mapping) and len(value) > MOST_MEMBERS


def _seeds(args: Any) -> dict[str, int]:
    order = args.data_seed if getattr(args, "data_seed", None) is not None else args.seed
    return {name: seed for name, seed in (("init", args.seed), ("dataOrder", order))
            if isinstance(seed, int) and 0 <= seed < LARGEST_EXACT}
