"""How output for people looks, and what keeps a terminal safe from the texts that are shown."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from rich.console import Console, RenderableType

# Control characters, and those that turn the direction of writing around, can rewrite what a terminal shows.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Style:
    """Whether to colour, and the width in columns."""

    colour: bool = False
    width: int = 100

    def render(self, item: RenderableType) -> str:
        """The item as lines of text, each with its line end and no white space before it.

        What the item holds is shown as it stands: nothing in it is read as markup.
        """
        buffer = io.StringIO()
        console = Console(
            file=buffer,
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            no_color=not self.colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        console.print(item)
        return "".join(f"{line.rstrip(' ')}\n" for line in buffer.getvalue().splitlines())


def safe(text: str) -> str:
    """The text with every character that could steer a terminal written as an escape."""
    return _UNSAFE.sub(lambda m: m.group().encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The text made safe, with its white space as single spaces."""
    return safe(" ".join(text.split()))


def shorten(text: str, width: int) -> str:
    """The text on one line, cut in its middle at words so that it has at most ``width`` characters."""
    text = one_line(text)
    if len(text) <= width:
        return text
    tail = text[-(width // 4) :].partition(" ")[2]
    head = text[: width - len(tail) - 3].rpartition(" ")[0] or text[: width - len(tail) - 3]
    return f"{head} … {tail}"


def around(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """What stands before, in and after ``text[start:end]``, on one line, cut at words to about ``width``.

    The words themselves are shortened where they alone are wider; a cut is shown as '…'.
    """
    inside = shorten(text[start:end], width)
    room = max(width - len(inside), 0)
    before, after = one_line(f"{text[:start]}|")[:-1], one_line(f"|{text[end:]}")[1:]
    if len(before) + len(after) > room:
        left = min(len(before), max(room // 2, room - len(after)))
        right = room - left
        if len(before) > left:
            before = f"… {before[len(before) - left :].partition(' ')[2]}" if left else "… "
        if len(after) > right:
            after = f"{after[:right].rpartition(' ')[0]} …" if right else " …"
    return before, inside, after
