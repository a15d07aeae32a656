"""Imports go one way, and the public face stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import onrecord

PACKAGE = Path(onrecord.__file__).parent
# From left to right: a module imports from its own room and from those to its left.
ROOMS = (
    "record",
    "errors",
    "knowledge",
    "plugins",
    "sources",
    "text",
    "actors",
    "coding",
    "corpus",
    "output",
    "evaluation",
    "bulk",
    "pipeline",
    "dossier",
    "web",
    "cli",
)
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def room(parts: tuple[str, ...]) -> int:
    return ROOMS.index(parts[0].removesuffix(".py"))


def imported(path: Path) -> set[tuple[str, ...]]:
    """The modules of the package that a module imports, as path parts below it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    found = {tuple(name.split(".")[1:]) for name in names if name.split(".")[0] == "onrecord"}
    return {parts for parts in found if parts and parts != ("__version__",)}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_from_its_left_only(path: Path) -> None:
    here = room(path.relative_to(PACKAGE).parts)
    names = imported(path)
    assert not [n for n in names if n[0] in ROOMS and room(n) > here]
    assert not [n for n in names if n[0] not in ROOMS and n[0] not in onrecord.__all__], "name it in ROOMS"


def test_every_room_has_its_place() -> None:
    there = {p.stem for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    assert there - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("module", ["onrecord", "onrecord.cli"])
def test_importing_loads_no_heavy_library(module: str) -> None:
    program = f"import sys, {module}; print(*{{m.split('.')[0] for m in sys.modules}})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"spacy", "numpy", "rich", "thinc", "pydantic"} & set(loaded)


def test_coding_leaves_nothing_behind_and_asks_no_network(tmp_path: Path) -> None:
    program = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('a connection')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "import onrecord; print(onrecord.code('Moscow rejected the plan, Lavrov said.').statements)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ORT_"))}
    environment["HOME"] = str(tmp_path)
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, cwd=tmp_path)
    assert list(tmp_path.rglob("*")) == []


def test_the_public_names_are_these_and_are_there() -> None:
    assert onrecord.__all__ == [
        "Document",
        "DocumentError",
        "KnowledgeError",
        "OnrecordError",
        "Record",
        "UsageError",
        "__version__",
        "code",
        "load",
        "to_pandas",
        "to_polars",
    ]
    assert all(hasattr(onrecord, name) for name in onrecord.__all__)


def test_modules_stay_small() -> None:
    lines = {str(p.relative_to(PACKAGE)): len(p.read_text("utf-8").splitlines()) for p in MODULES}
    assert not {name: n for name, n in lines.items() if n > 500}
