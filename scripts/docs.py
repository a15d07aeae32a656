"""Run the commands that the docs show, and write their output anew.

usage: python scripts/docs.py

A block that opens with ```console holds one command, after "$ ", and its output. They run in a folder that
holds only the files of the page: each block that opens with ```text NAME is a file of that name.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner

from onrecord.cli import main as onrecord

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "CONTRIBUTING.md", "docs/codebook.md", "docs/tutorial.md", *sorted(
    str(p.relative_to(ROOT)) for p in (ROOT / "docs" / "howto").glob("*.md")
))  # fmt: skip
_BLOCK = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)


def blocks(page: str, kind: str) -> list[str]:
    """The bodies of a page's blocks of one kind (sh, python, console …)."""
    return [m["body"] for m in _BLOCK.finditer(page) if m["info"].split()[:1] == [kind]]


def refreshed(page: str) -> str:
    """The page with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for match in _BLOCK.finditer(page):
            kind, _, name = match["info"].partition(" ")
            if kind == "text" and name:
                Path(name).write_text(match["body"], "utf-8")
        return _BLOCK.sub(_run, page)


def _run(match: re.Match[str]) -> str:
    if match["info"] != "console":
        return match[0]
    command = match["body"].splitlines()[0]
    program, *arguments = shlex.split(command.removeprefix("$ "))
    if program != "onrecord":
        raise SystemExit(f"only onrecord is run in the docs, not: {command}")
    result = CliRunner().invoke(onrecord, arguments, env={"COLUMNS": "100"})
    shown = result.output.strip("\n")
    return "\n".join(("```console", command, *([shown] if shown else ()), "```"))


def main() -> None:
    for name in PAGES:
        page = (ROOT / name).read_text("utf-8")
        new = refreshed(page)
        if new != page:
            (ROOT / name).write_text(new, "utf-8")
            print(f"{name}: written anew")


if __name__ == "__main__":
    main()
