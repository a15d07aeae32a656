"""Build wheel and sdist twice, compare the bytes, and try the wheel in an empty environment.

usage: python scripts/build_check.py [--no-install]

Part of the release checklist in CONTRIBUTING.md. Both builds are of the last commit, in folders of different
names, with its time (SOURCE_DATE_EPOCH). The wheel is then installed with its dependencies in a new
environment, away from the repository, where it codes the examples. Needs hatchling.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
JUNK = (
    "__pycache__",
    ".scores",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".site",
    ".git",
)
BUILD = "import sys; from hatchling.build import *; print(build_wheel(sys.argv[1]), build_sdist(sys.argv[1]))"


def package_files() -> set[str]:
    """What the wheel must hold of the package: every file under src/onrecord that git knows."""
    names = _run(["git", "ls-files", "-z", "src/onrecord"], ROOT).split("\0")
    return {name.removeprefix("src/") for name in names if name and (ROOT / name).exists()}


def _run(command: list[str], cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def build(folder: Path, commit: str) -> tuple[Path, Path]:
    """The wheel and the sdist of a commit, built in a folder."""
    source, out, packed = folder / "source", folder / "out", folder / "source.tar"
    _run(["git", "archive", "--output", str(packed), commit], ROOT)
    with tarfile.open(packed) as file:
        file.extractall(source, filter="data")
    out.mkdir()
    epoch = _run(["git", "log", "-1", "--format=%ct", commit], ROOT).strip()
    told = _run([sys.executable, "-c", BUILD, str(out)], source, SOURCE_DATE_EPOCH=epoch)
    wheel, sdist = told.split()[-2:]
    return out / wheel, out / sdist


def wheel_names(wheel: Path) -> list[str]:
    """The names of what a wheel holds."""
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def problems(wheel: Path, sdist: Path) -> list[str]:
    """What is missing in the two files, or should not be there."""
    found = []
    names = wheel_names(wheel)
    found += [f"not in the wheel: {name}" for name in sorted(package_files() - set(names))]
    with tarfile.open(sdist) as file:
        names += file.getnames()
    found += [f"junk: {name}" for name in names if set(PurePosixPath(name).parts) & set(JUNK)]
    return found


def try_wheel(wheel: Path, folder: Path) -> str:
    """What ``onrecord code --example`` prints where the wheel alone is installed."""
    _run([sys.executable, "-m", "venv", str(folder / "venv")], folder)
    tools = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    _run([str(tools / "python"), "-m", "pip", "install", "--quiet", str(wheel)], folder)
    (empty := folder / "empty").mkdir()
    clean = {"PYTHONPATH": "", "HOME": str(empty)}
    return _run([str(tools / "onrecord"), "code", "--example", "--format", "table"], empty, **clean)


def main() -> None:
    """Build, compare, try; exit status 1 with what is wrong."""
    commit = _run(["git", "rev-parse", "HEAD"], ROOT).strip()
    with tempfile.TemporaryDirectory() as name:
        pairs = []
        for folder in (Path(name) / "one", Path(name) / "another place"):
            folder.mkdir()
            pairs.append(build(folder, commit))
        for one, other in zip(*pairs, strict=True):
            digest = hashlib.sha256(one.read_bytes()).hexdigest()
            print(f"{one.name}: {one.stat().st_size:,} bytes, sha256 {digest}")
            if one.read_bytes() != other.read_bytes():
                sys.exit(f"{one.name}: two builds of the same files differ")
        wrong = problems(*pairs[0])
        if wrong:
            sys.exit("\n".join(wrong))
        print("both builds are the same, byte for byte, and hold what they should")
        if "--no-install" not in sys.argv:
            shown = try_wheel(pairs[0][0], Path(name))
            if "Who stands where" not in shown:
                sys.exit(f"the wheel alone does not code the examples:\n{shown}")
            print("the wheel alone codes the examples in an empty environment")


if __name__ == "__main__":
    main()
