"""A real Ray on this machine: the same bytes as the local engine, with a worker killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("ray")
pytest.importorskip("pyarrow")
from tests.bulk.test_run import to_line, tree

COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()", "bulk"]


def test_ray_gives_the_bytes_of_the_local_engine_though_a_worker_dies(tmp_path) -> None:
    source, local, out = tmp_path / "in.jsonl", tmp_path / "local", tmp_path / "ray"
    twice = [to_line("same") + "\n", to_line("d").replace('"d"', '"copy"') + "\n"]
    source.write_text("".join([to_line(f"d{i}") + "\n" for i in range(60)] + twice), "utf-8")
    subprocess.run([*COMMAND, str(source), "-o", str(local), "--shard", "2"], check=True, capture_output=True)
    environment = {**os.environ, "RAY_AUTH_MODE": "disabled", "HOME": str(tmp_path)}
    process = subprocess.Popen(
        [*COMMAND, str(source), "-o", str(out), "--shard", "2", "--engine", "ray", "--jobs", "2"],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    killed = kill_a_worker(out, process)
    told, _ = process.communicate(timeout=240)
    assert process.returncode == 0, told
    assert killed, "the run was over before a worker could be killed"
    assert tree(out) == tree(local)


def kill_a_worker(out: Path, process: subprocess.Popen[str]) -> bool:
    """Kill a worker of the run with the first shard written; whether one was there to be killed."""
    deadline = time.monotonic() + 200
    while process.poll() is None and time.monotonic() < deadline:
        if any((out / "shards").glob("*.json")) if (out / "shards").is_dir() else False:
            for pid in workers(process.pid):
                os.kill(pid, signal.SIGKILL)
                return True
        time.sleep(0.005)
    return False


def workers(root: int) -> list[int]:
    """The processes below one that are Ray's workers of ours, by /proc."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                names[int(entry.name)] = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])

    def below(pid: int) -> bool:
        while pid in parents and pid != root:
            pid = parents[pid]
        return pid == root

    return sorted(pid for pid, name in names.items() if "MapWorker" in name and below(pid))
