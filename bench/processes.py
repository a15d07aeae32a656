"""Memory of processes, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path


def peak() -> float:
    """The most memory that this process has held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def held(pid: int | None = None) -> float:
    """Memory that a process (None: this one) and those it started hold, shared pages by share, in MB."""
    pids = [pid or os.getpid()]
    total = 0
    for pid in pids:
        try:
            for thread in Path(f"/proc/{pid}/task").glob("*/children"):
                pids += [int(child) for child in thread.read_text().split()]
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
