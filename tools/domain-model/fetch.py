"""Downloads the source packages with their registries' own clients, and checks every digest."""

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
class Package:
    """One package of one registry. `licence` is that of the texts that are read."""

    registry: str
    package: str
    version: str
    archive: str
    sha256: str
    licence: str

    @property
    def folder(self) -> str:
        return f"{self.registry}-{self.package}".replace("/", "-").replace("@", "")


def read_packages() -> list[Package]:
    return [Package(**entry) for entry in json.loads(SOURCES.read_text())]


def download_command(one: Package) -> list[str]:
    match one.registry:
        case "debian":
            return ["apt-get", "download", f"{one.package}={one.version}"]
        case "pypi":
            return [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:",
                    "--python-version", "3.11", "--platform", "manylinux_2_28_x86_64", "--platform", "manylinux_2_27_x86_64",
                    "--platform", "manylinux_2_17_x86_64", f"{one.package}=={one.version}"]
        case "npm":
            return ["npm", "pack", "--silent", f"{one.package}@{one.version}"]
    raise ValueError(f"{one.registry} is none of debian, pypi and npm")


def extract(one: Package, archive: Path, target: Path) -> None:
    match one.registry:
        case "debian":
            subprocess.run(["dpkg-deb", "-x", archive, target], check=True)
        case "pypi":
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(target)
        case _:
            with tarfile.open(archive) as pack:
                pack.extractall(target, filter="data")


def fetch(work: Path) -> Path:
    """Downloads and extracts what is missing. Returns the folder that has one extracted folder a package."""
    archives, extracted = work / "archives", work / "extracted"
    archives.mkdir(parents=True, exist_ok=True)
    for one in read_packages():
        archive, target = archives / one.archive, extracted / one.folder
        if target.exists():
            continue
        if not archive.exists():
            print(f"fetch {one.registry} {one.package} {one.version}", file=sys.stderr)
            subprocess.run(download_command(one), cwd=archives, check=True, stdout=subprocess.DEVNULL)
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != one.sha256:
            raise SystemExit(f"{archive} has the digest {found}, not that of sources.json; delete it and try again")
        partial = target.with_suffix(".part")
        partial.mkdir(parents=True, exist_ok=True)
        extract(one, archive, partial)
        partial.rename(target)
    return extracted
