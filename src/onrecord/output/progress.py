"""How far a long run has come, on standard error."""

from __future__ import annotations

from typing import TextIO

from onrecord.output.style import safe


class Progress:
    """Counts documents, and says so once there are more than a few; ``done`` is what becomes of them.

    On a terminal one line is rewritten; elsewhere a line is written for every hundred documents.
    """

    FEW = 3
    EVERY = 100

    def __init__(self, out: TextIO, done: str = "coded") -> None:
        self.out = out
        self._done = done
        self.coded = 0
        self.failed = 0
        self._live = out.isatty()

    def add(self, number: int = 1, *, failed: bool = False) -> None:
        """So many more documents are done."""
        before = self.coded + self.failed
        self.coded += 0 if failed else number
        self.failed += number if failed else 0
        done = before + number
        if self._live and done > self.FEW:
            self.out.write(f"\r\x1b[K{self._line()} …")
            self.out.flush()
        elif not self._live and done // self.EVERY > before // self.EVERY:
            self.say(self._line())

    def say(self, message: str) -> None:
        """Write a message on a line of its own."""
        self.out.write(f"{self._clear()}{safe(message)}\n")
        self.out.flush()

    def end(self) -> None:
        """Say what came of it, where there were more than a few documents."""
        if self.coded + self.failed > self.FEW:
            self.say(self._line())

    def _line(self) -> str:
        line = f"{self.coded} documents {self._done}"
        return f"{line}, {self.failed} skipped" if self.failed else line

    def _clear(self) -> str:
        return "\r\x1b[K" if self._live else ""
