"""Theorem blocks of a Metamath database and the measured rule that calls one structured or plain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEAST_PROSE_WORDS = 12
LEAST_NAMED_STEPS = 4
LEAST_PROSE_SHARE = 0.2

STATEMENT = re.compile(r"\$\(.*?\$\)|([\w.\-]+)\s+\$([aep])\s([^$]*)(?:\$=([^$]*))?\$\.", re.S)
SIGNATURE = re.compile(r"\s*\((?:Contributed|Revised|Proof shortened|New usage|Proof modification)[^()]*\)")
FORMULA = re.compile(r"`[^`]*`|~\s*\S+")
WORD = re.compile(r"(?<![\w.])[A-Za-z][a-z]+(?!\w)")


@dataclass(frozen=True)
class Block:
    """A theorem with its hypotheses, its comment and its proof, as written."""

    hypotheses: tuple[str, ...]
    comment: str
    theorem: str
    proof: str

    @property
    def text(self) -> str:
        return "\n".join((*self.hypotheses, self.comment, self.theorem)) + "\n"


def theorem_blocks(database: str) -> Iterator[Block]:
    """Every provable assertion with a comment; contributors' signatures are left out of the comment."""
    hypotheses: list[str] = []
    comment = ""
    for match in STATEMENT.finditer(database):
        text, kind = match[0], match[2]
        if text.startswith("$("):
            comment = SIGNATURE.sub("", text)
        elif kind == "e":
            hypotheses.append(text)
        else:
            if kind == "p" and comment:
                yield Block(tuple(hypotheses), comment, text, match[4] or "")
            hypotheses, comment = [], ""


def prose_words(block: Block) -> int:
    return len(WORD.findall(FORMULA.sub("", block.comment)))


def named_steps(block: Block) -> int:
    """How many earlier results the compressed proof cites by name."""
    cited = re.match(r"\s*\(([^)]*)\)", block.proof)
    return len(cited[1].split()) if cited else len(block.proof.split())


def is_structured(block: Block) -> bool:
    """Explained in words, derived in named steps, and prose makes up a fifth of it or more."""
    return (
        prose_words(block) >= LEAST_PROSE_WORDS
        and named_steps(block) >= LEAST_NAMED_STEPS
        and len(block.comment) / len(block.text) >= LEAST_PROSE_SHARE
    )
