"""Documents of the source packages, sorted into six leaf slices, split by document into train and held-out."""

from __future__ import annotations

import ast
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from fetch import Source, read_sources
from metamath import is_structured, theorem_blocks

SLICES = ("code", "code_nl", "math/plain", "math/structured", "math_text", "knowledge")
TRAIN_BYTES = 2_500_000
HELD_OUT_DOCUMENTS = 48
HELD_OUT_BYTES = 512
LONGEST_DOCUMENT = 16_384
LONG_DOCUMENT = 4_096
SHORTEST_DOCUMENT = 200
SHINGLE = 48
SKIPPED = re.compile(r"_test\.go$|testdata|/vendor/|/test/|/tests/|\.min\.|/locale/|node_modules")


@dataclass(frozen=True)
class Document:
    """Text with the slice it belongs to and the package it comes from."""

    slice: str
    source: str
    text: str

    @property
    def key(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def normalised(text: str) -> str:
    """Lower-case letters and digits-as-zero only, so that layout, numbers and dates don't hide a copy."""
    return re.sub(r"[^a-z0]+", "", re.sub(r"\d", "0", text.lower()))


def texts_under(folder: Path, pattern: str) -> Iterator[str]:
    for path in sorted(folder.rglob(pattern)):
        if path.is_file() and not path.is_symlink() and not SKIPPED.search(path.as_posix()):
            yield path.read_text(encoding="utf-8", errors="ignore")


def latex_docstrings(folder: Path) -> Iterator[str]:
    """Docstrings of at least 600 characters that hold LaTeX."""
    for text in texts_under(folder, "*.py"):
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                doc = ast.get_docstring(node)
                if doc and len(doc) >= 600 and re.search(r":math:|\.\. math|\\frac|\\sum|\\int", doc):
                    yield doc


def sphinx_sources(folder: Path, *, with_latex: bool) -> Iterator[str]:
    for path in sorted(folder.rglob("*.rst.txt")):
        text = path.read_text(encoding="utf-8", errors="ignore")
        if "generated" not in path.parts and (not with_latex or text.count(":math:") + text.count(".. math") >= 2):
            yield text


def glosses(folder: Path) -> Iterator[str]:
    """Twenty WordNet synsets a document, in file order: `words: gloss`."""
    for part in ("noun", "verb", "adj", "adv"):
        text = "".join(texts_under(folder, f"data.{part}"))
        entries = [gloss_of(line) for line in text.splitlines() if not line.startswith("  ")]
        for at in range(0, len(entries), 20):
            yield "\n".join(entries[at : at + 20]) + "\n"


def gloss_of(line: str) -> str:
    head, _, gloss = line.partition(" | ")
    fields = head.split(" ")
    words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
    return f"{', '.join(words).replace('_', ' ')}: {gloss.strip()}"


def dictionary_entries(folder: Path) -> Iterator[str]:
    """Entries of a dictd file; one begins at a line that isn't indented."""
    for path in sorted(folder.rglob("*.dict.dz")):
        text = gzip.decompress(path.read_bytes()).decode("utf-8", errors="ignore")
        yield from re.split(r"\n\s*\n(?=\S)", text)


def documents_of(source: Source, folder: Path) -> Iterator[Document]:
    def of(slice_: str, texts: Iterator[str]) -> Iterator[Document]:
        return (Document(slice_, source.folder, text[:LONGEST_DOCUMENT]) for text in texts)

    match source.registry, source.package:
        case "debian", "libpython3.11-stdlib":
            yield from of("code", texts_under(folder, "*.py"))
        case "debian", "golang-1.19-src":
            yield from of("code", texts_under(folder, "*.go"))
        case "debian", "python3.11-doc":
            yield from of("code_nl", sphinx_sources(folder, with_latex=False))
        case "debian", "metamath-databases":
            for block in theorem_blocks(next(folder.rglob("set.mm")).read_text("ascii", errors="ignore")):
                yield Document("math/structured" if is_structured(block) else "math/plain", source.folder, block.text)
        case "debian", "wordnet-base":
            yield from of("knowledge", glosses(folder))
        case "debian", "dict-jargon" | "dict-devil":
            yield from of("knowledge", dictionary_entries(folder))
        case "debian", _:
            yield from of("math_text", sphinx_sources(folder, with_latex=True))
        case "pypi", _:
            yield from of("math_text", latex_docstrings(folder))
        case "npm", _:
            yield from of("code", texts_under(folder, "*.js"))
            yield from of("code_nl", texts_under(folder, "*.md"))


def deduplicated(documents: list[Document]) -> list[Document]:
    """The first of every group of documents whose normalised text or normalised opening is the same."""
    seen: set[bytes] = set()
    kept = []
    for document in documents:
        text = normalised(document.text)
        marks = {hashlib.sha256(text.encode()).digest()}
        if len(text) > 2_000:
            marks.add(hashlib.sha256(text[1_000:2_000].encode()).digest())
        if marks.isdisjoint(seen):
            kept.append(document)
        seen |= marks
    return kept


def shingles(text: str, stride: int) -> set[int]:
    return {hash(text[at : at + SHINGLE]) for at in range(0, len(text) - SHINGLE + 1, stride)}


def without_leaks(train: list[Document], held_out: list[Document]) -> list[Document]:
    """Drops training documents that repeat a quarter of a held-out document, in runs of 48 normalised letters."""
    owners: dict[int, set[int]] = {}
    sizes = []
    for index, document in enumerate(held_out):
        marks = shingles(normalised(excerpt(document.text)), 16)
        sizes.append(max(1, len(marks)))
        for mark in marks:
            owners.setdefault(mark, set()).add(index)
    kept = []
    for document in train:
        found: dict[int, int] = {}
        for mark in shingles(normalised(document.text), 1) & owners.keys():
            for owner in owners[mark]:
                found[owner] = found.get(owner, 0) + 1
        if all(count < max(2, 0.25 * sizes[owner]) for owner, count in found.items()):
            kept.append(document)
    return kept


def divided(documents: list[Document]) -> tuple[list[Document], list[Document]]:
    """(train, held-out) of one slice, chosen by content hash; no source gives more than a fifth of its documents."""
    ordered = sorted(documents, key=lambda document: document.key)
    long_enough = [d for d in ordered if len(d.text.encode()) >= HELD_OUT_BYTES]
    per_source = {name: [d for d in long_enough if d.source == name] for name in sorted({d.source for d in ordered})}
    held_out: list[Document] = []
    offered = {name: queue[: len(queue) // 5] for name, queue in per_source.items()}
    while len(held_out) < HELD_OUT_DOCUMENTS:
        for queue in offered.values():
            if queue and len(held_out) < HELD_OUT_DOCUMENTS:
                held_out.append(queue.pop(0))
    chosen = {document.key for document in held_out}
    rest = [document for document in ordered if document.key not in chosen]
    return evenly(without_leaks(rest, held_out)), held_out


def evenly(documents: list[Document]) -> list[Document]:
    """At most TRAIN_BYTES of documents, an equal part of each source as far as it has that many bytes."""
    queues = {name: [d for d in documents if d.source == name] for name in sorted({d.source for d in documents})}
    taken: list[Document] = []
    left, sizes = TRAIN_BYTES, {name: sum(len(d.text.encode()) for d in queue) for name, queue in queues.items()}
    for position, name in enumerate(sorted(queues, key=lambda name: sizes[name])):
        part, used = left // (len(queues) - position), 0
        for document in queues[name]:
            if used >= part:
                break
            taken.append(document)
            used += len(document.text.encode())
        left -= used
    return taken


def build(extracted: Path, target: Path) -> None:
    """Writes one NDJSON file a shard, one held-out file a slice, and an index of their digests."""
    by_slice: dict[str, list[Document]] = {name: [] for name in SLICES}
    for source in read_sources():
        for document in documents_of(source, extracted / source.folder):
            if len(document.text) >= SHORTEST_DOCUMENT and "\0" not in document.text:
                by_slice[document.slice].append(document)
    target.mkdir(parents=True, exist_ok=True)
    index = []
    for name, documents in by_slice.items():
        train, held_out = divided(deduplicated(documents))
        index += [write_shard(target, name, "train", part, docs) for part, docs in parts_of(train)]
        cut = [Document(d.slice, d.source, excerpt(d.text)) for d in held_out]
        index += [write_shard(target, name, "held_out", part, docs) for part, docs in by_source(cut).items()]
        print(f"corpus {name}: {len(documents)} documents, train {len(train)}", file=sys.stderr)
    (target / "index.json").write_text(json.dumps(index, indent=1) + "\n")


def excerpt(text: str) -> str:
    """The scored bytes: the opening, or from a third of a long document on, past licence headers and imports."""
    body = text.encode()
    start = body.find(b"\n", len(body) // 3) + 1 if len(body) > LONG_DOCUMENT else 0
    if len(body) - start < HELD_OUT_BYTES:
        start = 0
    return body[start : start + HELD_OUT_BYTES].decode("utf-8", errors="ignore")


def by_source(documents: list[Document]) -> dict[str, list[Document]]:
    return {name: [d for d in documents if d.source == name] for name in sorted({d.source for d in documents})}


def parts_of(documents: list[Document]) -> Iterator[tuple[str, list[Document]]]:
    """A shard a source; where a slice has one source only, three shards of it."""
    groups = by_source(documents)
    if len(groups) > 1:
        yield from groups.items()
        return
    for name, group in groups.items():
        yield from ((f"{name}-{part}", group[part::3]) for part in range(3))


def write_shard(target: Path, slice_: str, split: str, part: str, documents: list[Document]) -> dict[str, object]:
    shard = f"lab/{slice_.replace('/', '-')}/{split.replace('_', '-')}/{part}"
    body = "".join(json.dumps(asdict(document), ensure_ascii=False) + "\n" for document in documents).encode()
    file = shard.replace("/", ".") + ".ndjson"
    (target / file).write_bytes(body)
    return {"shardId": shard, "file": file, "slice": slice_, "split": split, "source": documents[0].source,
            "sha256": hashlib.sha256(body).hexdigest(), "documents": len(documents),
            "bytes": sum(len(document.text.encode()) for document in documents)}
