"""What installed packages add is used; what of it is broken is told, and the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from onrecord.cli import main

ADDON = """
from pathlib import Path

from onrecord.output import Format
from onrecord.record import Document
from onrecord.sources.kind import Kind


def sniff(blob):
    return "opens with the word MINUTES" if blob.head.startswith(b"MINUTES") else None


def stumble(blob):
    raise RuntimeError("a fault of its own")


def read(blob):
    yield Document(id="minutes", text=blob.data().decode()[8:])


def write(records, out, style):
    for record in records:
        out.write(f"{record.document.id}: {len(record.statements)}\\n".encode())


MINUTES = Kind("minutes", "minutes of a meeting", sniff, read, (".minutes",))
FAULTY = Kind("faulty", "a kind with a fault", stumble, read)
COUNT = Format(write, (), "how many statements there are")
ENERGY = Path(__file__).with_name("energy.toml")
NOTHING = 7
"""
POINTS = """
[onrecord.sources]
minutes = addon:MINUTES
faulty = addon:FAULTY
pdf = addon:MINUTES
number = addon:NOTHING

[onrecord.formats]
count = addon:COUNT
json = addon:COUNT
gone = no_such_module:FORMAT

[onrecord.frames]
energy = addon:ENERGY
"""
FRAMES = """
[[frame]]
id = "stop-fuel"
type = "COERCE"
rank = 3
verbs = ["throttle [@fuel]"]
example = "Chad throttled the gas to Niger."
counter = "Chad throttled the lights."

[classes]
fuel = ["gas", "oil"]
"""
RUN = "from onrecord.cli import main; main()"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder on the path in which a package with plugins is installed."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "addon.py").write_text(ADDON)
    (folder / "energy.toml").write_text(FRAMES)
    (info := folder / "addon-1.0.dist-info").mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: addon\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    return folder


def onrecord(installed: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); {RUN}"
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_a_kind_of_an_installed_package_is_asked_first(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("MINUTES Iran rejected the plan, Kerry said.")
    (tmp_path / "b.txt").write_text("Iran rejected the plan, Kerry said.")
    done = onrecord(installed, "sources", "a.txt", "b.txt", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "opens with the word MINUTES" in done.stdout
    assert "text" in done.stdout
    assert "'pdf' (onrecord.sources) of addon is left out: its name is taken" in done.stderr
    assert "'number' (onrecord.sources) of addon is left out: it is int, not a Kind" in done.stderr
    assert "'faulty' cannot tell its files (RuntimeError: a fault of its own)" in done.stderr
    listed = onrecord(installed, "sources", cwd=tmp_path)
    assert "minutes of a meeting" in listed.stdout


def test_a_format_and_frames_of_an_installed_package(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran throttled the oil to Turkey, John Kerry said.")
    made = onrecord(installed, "code", "a.txt", "--frames", "energy", "-o", "a.jsonl", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "energy/stop-fuel" in (tmp_path / "a.jsonl").read_text()
    done = onrecord(installed, "export", "a.jsonl", "--format", "count", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "a: 1\n")
    assert "'json' (onrecord.formats) of addon is left out: its name is taken" in done.stderr
    assert (
        "'gone' (onrecord.formats) of addon is left out: it does not load (ModuleNotFoundError" in done.stderr
    )
    assert (
        "count: how many statements there are" in onrecord(installed, "export", "--list", cwd=tmp_path).stdout
    )


def test_frames_that_nobody_has_are_wrong_usage(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran rejected the plan.")
    done = onrecord(installed, "code", "a.txt", "--frames", "nobody", cwd=tmp_path)
    assert done.returncode == 2
    assert "nobody" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_gets_its_completion(shell: str) -> None:
    """As docs/howto/code-reports.md says."""
    environment = {**os.environ, "_ONRECORD_COMPLETE": f"{shell}_source"}
    program = Path(sys.executable).with_name("onrecord")
    done = subprocess.run([program], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0
    assert "_ONRECORD_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("onrecord ex", {"explain", "export"}),
        ("onrecord frames t", {"test"}),
        ("onrecord show talks.db s", {"shifts", "statements"}),
        ("onrecord show talks.db shifts --ba", {"--basis"}),
        ("onrecord export talks.db --format p", {"parquet", "polecat", "plover"}),
    ],
)
def test_commands_options_and_their_values_are_completed(typed: str, offered: set[str]) -> None:
    *words, incomplete = typed.split()[1:]
    completing = ShellComplete(main, {}, "onrecord", "_ONRECORD_COMPLETE")
    assert {item.value for item in completing.get_completions(words, incomplete)} == offered
