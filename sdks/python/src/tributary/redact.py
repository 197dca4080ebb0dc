"""Secrets of a configuration are not recorded: a log keeps what it was given."""

from __future__ import annotations

import re
from typing import Any

REDACTED = "[redacted:secret]"

# What has such a name is a secret for that alone; `eos_token`, `max_tokens` and `tokenizer` are none.
NAMES = re.compile(
    r"passw(or)?d|passphrase|secret|credential|authorization|connection_?string"
    r"|(api|access|account|auth|encryption|private|shared|signing|subscription)[_-]?key"
    r"|(^|_|-)(access|api|auth|bearer|github|gitlab|hf|hub|id|refresh|session|wandb)[_-]?tokens?$"
    r"|^token$", re.IGNORECASE)

# Forms that tell a secret wherever it stands, and the user and password of an address.
FORMS = re.compile(
    r"\b(hf_[A-Za-z0-9]{20,}|sk-[\w-]{20,}|gh[oprsu]_[A-Za-z0-9]{30,}|github_pat_\w{20,}|glpat-[\w-]{20,}|AKIA[0-9A-Z]{16}"
    r"|xox[abeoprs]-[\w-]{10,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]+)"
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")

# In a text that is itself a configuration, such as one that a trainer has made a text of.
ASSIGNED = re.compile(r"""(["']?)([\w.-]{1,64})\1(\s*[:=]\s*)(["'])((?:(?!\4).){1,1000})\4""")


FLAG = re.compile(r"(--?)([\w-]{1,64})([ =])(\S+)")


def without_secrets(value: Any, is_secret: bool = False) -> Any:
    """Plain JSON with `REDACTED` in place of each secret; equal to what was given where there is none."""
    if isinstance(value, dict):
        named = is_secret or any(_is_name(value.get(name)) for name in ("name", "key"))  # {"name": "API_KEY", "value": ...}
        return {name: without_secrets(member, named if name == "value" else is_secret or _is_name(name)) for name, member in value.items()}
    if isinstance(value, list):
        flags = [False, *(isinstance(one, str) and one.startswith("-") and _is_name(one) for one in value)]  # ["--api-key", ...]
        return [without_secrets(member, is_secret or is_value) for member, is_value in zip(value, flags)]
    if isinstance(value, str):
        return REDACTED if is_secret and value else FLAG.sub(_flagged, ASSIGNED.sub(_assigned, FORMS.sub(REDACTED, value)))
    return REDACTED if is_secret and isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _is_name(name: Any) -> bool:
    return isinstance(name, str) and NAMES.search(name) is not None


def _assigned(found: re.Match[str]) -> str:
    quote, name, between, mark, _ = found.groups()
    return f"{quote}{name}{quote}{between}{mark}{REDACTED}{mark}" if _is_name(name) else found.group()


def _flagged(found: re.Match[str]) -> str:
    dashes, name, between, _ = found.groups()
    return f"{dashes}{name}{between}{REDACTED}" if _is_name(name) else found.group()
