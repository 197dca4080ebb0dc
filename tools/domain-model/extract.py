"""Documents of a package, one function a kind of file. Each yields (path, text)."""

from __future__ import annotations

import ast
import csv
import gzip
import html
import io
import json
import random
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

Documents = Iterator[tuple[str, str]]
SKIPPED = re.compile(r"_test\.go$|testdata|/vendor/|/tests?/|/__tests__/|\.min\.|node_modules|/generated/")
LATEX = re.compile(r":math:|\.\. math|\\frac|\\sum|\\int|\\mathbb|\\left")


def read(path: Path) -> str:
    body = path.read_bytes()
    if path.suffix == ".gz":
        body = gzip.decompress(body)
    return body.decode("utf-8", errors="ignore")


def files(folder: Path, *patterns: str) -> Documents:
    """In an order that the folder's name gives, so that the first ones are a sample."""
    found = sorted({path for pattern in patterns for path in folder.rglob(pattern)})
    random.Random(folder.name).shuffle(found)
    for path in found:
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.is_symlink() and not SKIPPED.search("/" + name):
            text = read(path)
            if "\0" not in text:
                yield name, text


def without_comments(folder: Path, *patterns: str) -> Documents:
    """Code alone: no comments, no docstrings, no documentation blocks."""
    for name, text in files(folder, *patterns):
        yield name, re.sub(r"\n\s*\n\s*(?=\n)", "\n", strip_comments(name, text))


def strip_comments(name: str, text: str) -> str:
    suffix = name.rsplit(".", 1)[-1]
    if suffix == "py":
        return strip_python(text)
    if suffix in ("rb", "pl", "pm", "tcl", "sh"):
        text = re.sub(r"^=\w.*?^=(?:cut|end)\b.*?$", "", text, flags=re.S | re.M)
        return re.sub(r"^\s*#.*$", "", text, flags=re.M)
    if suffix in ("erl", "hrl"):
        return re.sub(r"^\s*%.*$", "", text, flags=re.M)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"^\s*//.*$|(?<=\s)//\s.*$", "", text, flags=re.M)


def strip_python(text: str) -> str:
    """Removes comments and every string that stands alone."""
    try:
        tree = ast.parse(text)
        lone = {node.lineno: node.end_lineno for node in ast.walk(tree)
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)}
        comments = {token.start: token.string for token in tokenize.generate_tokens(io.StringIO(text).readline)
                    if token.type == tokenize.COMMENT}
    except (SyntaxError, tokenize.TokenError, IndentationError):
        return ""
    lines = text.split("\n")
    for (line, column), _ in comments.items():
        lines[line - 1] = lines[line - 1][:column].rstrip()
    for first, last in lone.items():
        for line in range(first, last + 1):
            lines[line - 1] = ""
    return "\n".join(lines)


def documentation_of(folder: Path, wanted: Callable[[str], bool], *, whole: bool) -> Documents:
    """Docstrings, or the whole functions with them where these are between half and four fifths of it."""
    for name, text in files(folder, "*.py"):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            continue
        lines = text.split("\n")
        for node in ast.walk(tree):
            if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            doc = ast.get_docstring(node)
            if not doc or not wanted(doc):
                continue
            source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if not whole:
                yield f"{name}:{node.lineno}", doc
            elif 0.5 <= len(doc) / len(source) <= 0.8:
                yield f"{name}:{node.lineno}", source


def latex_docstrings(folder: Path) -> Documents:
    """Docstrings of 600 characters or more with formulas throughout."""
    return documentation_of(folder, lambda doc: len(doc) >= 600 and has_formulas(doc), whole=False)


def plain_docstrings(folder: Path) -> Documents:
    """Docstrings of 500 characters or more with an example and without LaTeX."""
    return documentation_of(folder, lambda doc: len(doc) >= 500 and ">>>" in doc and not LATEX.search(doc), whole=False)


def documented_functions(folder: Path) -> Documents:
    return documentation_of(folder, lambda doc: len(doc) >= 300 and not LATEX.search(doc), whole=True)


def html_texts(folder: Path, *patterns: str) -> Documents:
    for name, text in files(folder, *(patterns or ("*.html",))):
        body = re.sub(r"<(script|style|nav|head|footer)\b.*?</\1>", "", text, flags=re.S | re.I)
        body = re.sub(r"</?(?:p|div|li|h\d|pre|tr|dt|dd|table|section)\b[^>]*>", "\n", body, flags=re.I)
        yield name, re.sub(r"\n\s*\n+", "\n\n", html.unescape(re.sub(r"<[^>]+>", "", body))).strip()


def has_formulas(text: str) -> bool:
    """A piece of LaTeX in 400 characters, and three at least."""
    return len(LATEX.findall(text)) >= max(3, len(text) / 400)


def rst(folder: Path, *, latex: bool) -> Documents:
    """Parts of Sphinx sources, with formulas throughout or without any."""
    for name, text in files(folder, "*.rst.txt", "*.rst"):
        for part in list(windows(text, 3000))[:6]:
            if has_formulas(part) if latex else not LATEX.search(part):
                yield name, part


def windows(text: str, size: int = 2400) -> Iterator[str]:
    """Parts of about one size, cut at empty lines."""
    part = ""
    for block in re.split(r"\n\s*\n", text):
        part += block + "\n\n"
        if len(part) >= size:
            yield part
            part = ""
    if len(part) >= 400:
        yield part


COMMENTS = {
    "v": re.compile(r"\(\*.*?\*\)", re.S), "ml": re.compile(r"\(\*.*?\*\)", re.S), "agda": re.compile(r"--[^\n]*|\{-.*?-\}", re.S),
    "lisp": re.compile(r";[^\n]*|#\|.*?\|#", re.S),
}


def formal(folder: Path, *patterns: str, explained: bool) -> Documents:
    """
    Parts of formal proofs. Explained: a fifth of its letters or more are in comments, and these hold 25 words or more.
    Not explained: under a twentieth. What lies between belongs to neither.
    """
    for name, text in files(folder, *patterns):
        if len(text) > 400_000:
            continue
        comment = COMMENTS[name.rsplit(".", 1)[-1]]
        for part in windows(text):
            comments = " ".join(comment.findall(part))
            words = len(re.findall(r"\b[a-z]{2,}\b", comments))
            share = letters_in(comments) / max(1, letters_in(part))
            if explained and share >= 0.2 and words >= 25 and share <= 0.75:
                yield name, part
            if not explained and share < 0.05:
                yield name, comment.sub("", part)


def letters_in(text: str) -> int:
    return sum(character.isalpha() for character in text)


#: How a question and its answer are set, so that no label has a layout of its own.
LAYOUTS = ("{0}\n{1}\n", "{0}\n\nAnswer: {1}\n", "Q: {0}\nA: {1}\n", "Question: {0}\nAnswer: {1}\n", "{0}\n\n{1}\n", "### {0}\n\n**Solution.** {1}\n")


def laid_out(question: str, answer: str) -> str:
    return random.Random(question).choice(LAYOUTS).format(question, answer)


def metamath(folder: Path, name: str, *, explained: bool) -> Documents:
    """Every seventh theorem block, by the rule of the lab (examples/lab/metamath.py)."""
    from metamath import is_structured, theorem_blocks

    path = next(folder.rglob(name))
    for index, block in enumerate(theorem_blocks(path.read_text("ascii", errors="ignore"))):
        if index % 7 == 0 and is_structured(block) == explained:
            yield name, block.text


def champ(folder: Path, *, explained: bool) -> Documents:
    """CHAMP: a problem with its written steps, or with its answer alone."""
    path = next(folder.rglob("v0.json"))
    for problem in json.loads(path.read_text())["problems"].values():
        steps = [step["_text"] for step in problem["solution"]["steps"]]
        if explained and len(steps) >= 3:
            yield f"v0.json:{problem['identifier']}", laid_out(problem["_text"], "\n".join(steps))
        if not explained:
            yield f"v0.json:{problem['identifier']}", laid_out(problem["_text"], problem["_answer"])


MATHEMATICS = re.compile(r"math|algebra|statistics$|formal_logic")


def cot_questions(folder: Path, *, mathematics: bool, explained: bool) -> Documents:
    """Questions of the few-shot prompts for MMLU, with the worked answer or with the letter alone."""
    path = next(folder.rglob("_cot_prompts.json"))
    for subject, text in json.loads(path.read_text()).items():
        if bool(MATHEMATICS.search(subject)) != mathematics:
            continue
        for question in re.split(r"\n\n(?=Q: )", text)[1:]:
            if not explained:
                question = re.sub(r"Let's think step by step\..*(The answer is \(\w\)\.)", r"\1", question, flags=re.S)
            yield f"_cot_prompts.json:{subject}", question


def factbook(folder: Path) -> Documents:
    """The paragraphs of 150 characters or more of a section on a country."""
    for path in sorted(folder.rglob("data/*/*.json")):
        for section, fields in json.loads(path.read_text()).items():
            texts = [re.sub(r"<[^>]+>", " ", html.unescape(text)) for text in text_fields(fields)]
            if long := [text for text in texts if len(text) >= 150]:
                yield f"{path.name}:{section}", "\n\n".join(long)


def text_fields(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            else:
                for text in text_fields(inner):
                    yield text if key == "text" else f"{key}: {text}"


def elements(folder: Path) -> Documents:
    """What is told of two chemical elements."""
    import sqlite3

    base = sqlite3.connect(f"file:{next(folder.rglob('elements.db'))}?mode=ro", uri=True)
    rows = base.execute("select name, description, name_origin, sources, uses from elements order by atomic_number").fetchall()
    texts = [f"{name}. " + " ".join(text for text in rest if text) for name, *rest in rows]
    for at in range(0, len(texts), 2):
        yield f"elements.db:{at}", "\n\n".join(texts[at : at + 2])


def questions(folder: Path) -> Documents:
    """FreshQA: three questions with their answers."""
    lines = next(folder.rglob("FreshQA_v12182024.csv")).read_text(encoding="utf-8").splitlines()[2:]
    rows = [laid_out(row["question"], row["answer_0"]) for row in csv.DictReader(lines)]
    for at in range(0, len(rows), 3):
        yield f"FreshQA_v12182024.csv:{at}", "\n\n".join(rows[at : at + 3])


def bioregistry(folder: Path) -> Documents:
    """Descriptions of databases of the life sciences, six a document."""
    entries = json.loads(next(folder.rglob("data/bioregistry.json")).read_text())
    texts = []
    for entry in entries.values():
        text = entry.get("description") or next(
            (one["description"] for one in entry.values() if isinstance(one, dict) and one.get("description")), None)
        if text and len(text) > 120:
            texts.append(text)
    for at in range(0, len(texts), 6):
        yield f"bioregistry.json:{at}", "\n\n".join(texts[at : at + 6])


def glosses(folder: Path) -> Documents:
    """Twenty WordNet synsets a document."""
    for name, text in files(folder, "data.noun", "data.verb", "data.adj", "data.adv"):
        lines = [line for line in text.splitlines() if " | " in line and not line.startswith("  ")]
        for at in range(0, len(lines), 20):
            entries = []
            for line in lines[at : at + 20]:
                head, _, gloss = line.partition(" | ")
                fields = head.split(" ")
                words = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
                entries.append(f"{', '.join(words).replace('_', ' ')}: {gloss.strip()}")
            yield f"{name}:{at}", "\n".join(entries) + "\n"


def dictionary(folder: Path) -> Documents:
    """Entries of a dictd file, as many as make 800 characters."""
    for path in sorted(folder.rglob("*.dict.dz")):
        part = ""
        for entry in re.split(r"\n\s*\n(?=\S)", gzip.decompress(path.read_bytes()).decode("utf-8", errors="ignore")):
            part += entry.strip() + "\n\n"
            if len(part) >= 800:
                yield path.name, part
                part = ""


def fortunes(folder: Path, names: str) -> Documents:
    """Quotations and jokes, ten a document."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and re.fullmatch(names, path.name):
            entries = read(path).split("\n%\n")
            for at in range(0, len(entries), 10):
                yield f"{path.name}:{at}", "\n\n".join(entries[at : at + 10])


def dialogues(folder: Path) -> Documents:
    for name, text in files(folder, "*.yml"):
        for part in windows(text.replace("\n- - ", "\n\n- - "), 1500):
            yield name, part


def data_files(folder: Path, *patterns: str) -> Documents:
    """The first, a middle and the last 3,000 characters of data files."""
    for name, text in files(folder, *patterns):
        for at in {0, max(0, len(text) // 2), max(0, len(text) - 3000)}:
            yield f"{name}:{at}", text[at : at + 3000]


def copyright_file(folder: Path) -> Documents:
    """Who holds which rights of a Debian package, with the licences."""
    for name, text in files(folder, "usr/share/doc/*/copyright"):
        for part in windows(text, 3000):
            yield name, part


def csv_texts(folder: Path, pattern: str, column: str) -> Documents:
    csv.field_size_limit(10_000_000)
    for path in sorted(folder.rglob(pattern)):
        with path.open(newline="", encoding="utf-8") as stream:
            for index, row in enumerate(csv.DictReader(stream)):
                yield f"{path.name}:{index}", row.get(column) or ""


def generated_gsm(folder: Path, *, explained: bool) -> Documents:
    """
    Word problems that the package's templates generate, with a fixed seed. GENERATED: a hundred templates, so never
    the only evidence of anything.
    """
    import sys
    import types

    package = types.ModuleType("reasoning_gym")
    package.__path__ = [str(next(folder.rglob("reasoning_gym")))]
    utils = types.ModuleType("reasoning_gym.utils")
    utils.format_number = lambda value: str(int(value)) if float(value).is_integer() else str(value)
    utils.is_integer = lambda value: float(value).is_integer()
    sys.modules.update({"reasoning_gym": package, "reasoning_gym.utils": utils})
    for name in ("generators_00_49", "generators_50_99"):
        path = next(folder.rglob(f"{name}.py"))
        module: dict[str, object] = {}
        exec(compile(path.read_text(), name, "exec"), module)  # noqa: S102: the digest of the package was checked
        for key in sorted(key for key in module if re.fullmatch(r"generate_\d+", key)):
            for seed in (1, 2):
                try:
                    one = module[key](random.Random(seed))
                except Exception:  # a template that finds no numbers
                    continue
                steps = one.get("answer_cot") or one.get("metadata", {}).get("answer_cot")
                answer = steps if explained else str(one["answer"])
                if answer:
                    yield f"{path.name}:{key}:{seed}", laid_out(one["question"], answer)


def tex(folder: Path, *patterns: str) -> Documents:
    """Parts of LaTeX sources with at least six formulas or theorem environments, and hardly any verbatim."""
    formula = re.compile(r"\\begin\{(?:equation|align|theorem|lem|proof|gather|multline)|\\\[|\$[^$]{3,}\$")
    for name, text in files(folder, *patterns):
        for part in windows(text, 3500):
            if len(formula.findall(part)) >= 6 and part.count("verb") + part.count("lstlisting") <= 3:
                yield name, part
