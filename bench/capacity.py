"""What a throughput means for a corpus: documents a core-hour, and what 1, 100 and 10,000 cores do in a day.

usage: python bench/capacity.py --words-a-second N --memory-mb N [--words-a-document N] [--price P]

N words a second is what one process codes on one core (the row 'whole' of bench/run.py), memory its peak.
PRICE is what a core-hour costs, in any currency. Prints the table of docs/howto/cluster.md in Markdown.
"""

from __future__ import annotations

import argparse


def table(words_a_second: float, memory_mb: float, words: int, price: float) -> str:
    """The capacity table, for documents of so many words."""
    an_hour = words_a_second * 3600 / words
    rows = [
        ("", "1 core", "100 cores", "10,000 cores"),
        ("---", "---:", "---:", "---:"),
        ("documents an hour", *(f"{an_hour * n:,.0f}" for n in (1, 100, 10_000))),
        ("documents a day", *(f"{an_hour * 24 * n:,.0f}" for n in (1, 100, 10_000))),
        ("memory of the workers, GB", *(f"{memory_mb * n / 1000:,.1f}" for n in (1, 100, 10_000))),
        ("price of that day", *(f"{price * 24 * n:,.2f}" for n in (1, 100, 10_000))),
        ("price of a million documents", *[f"{price * 1e6 / an_hour:,.2f}"] * 3),
    ]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def main() -> None:
    """Print the table."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--words-a-second", type=float, required=True)
    parser.add_argument("--memory-mb", type=float, required=True)
    parser.add_argument("--words-a-document", type=int, default=600)
    parser.add_argument("--price", type=float, default=0.04)
    given = parser.parse_args()
    print(table(given.words_a_second, given.memory_mb, given.words_a_document, given.price), end="")


if __name__ == "__main__":
    main()
