"""Write src/onrecord/data/text/words.txt from the wordfreq package: `python scripts/build_words.py`.

The list holds English word forms, names among them, from the most to the least frequent, so that a form's
line is its rank. Needs `pip install wordfreq`, which onrecord itself does not.
"""

from __future__ import annotations

import re
from pathlib import Path

from wordfreq import top_n_list

SIZE = 120_000
OUT = Path(__file__).parents[1] / "src/onrecord/data/text/words.txt"
HEADER = """\
# what: English word forms in lower case, names among them, the most frequent first; the line gives the rank
# source: wordfreq 3.1 (Robyn Speer, https://doi.org/10.5281/zenodo.7199437), large English list, by scripts/build_words.py; forms that are two words run together left out
# licence: CC BY-SA 4.0 (the list as a whole; wordfreq's data come from Wikipedia, OpenSubtitles, SUBTLEX, Google Books and others, see NOTICE)
# date: 2026-11-24
"""  # noqa: E501

# The web texts behind the list hold words run together, the very damage that the list serves to mend. These
# are all the forms made of two function words, or of 'a' and a frequent word, that are no words or names.
RUN_TOGETHER = frozenset(Path(__file__).with_name("run_together.txt").read_text("utf-8").split())


def main() -> None:
    """Write the list."""
    forms = (form for form in top_n_list("en", 2 * SIZE) if re.fullmatch("[a-z]+", form))
    kept = [form for form in forms if form not in RUN_TOGETHER and (len(form) > 1 or form in "ai")]
    OUT.write_text(HEADER + "\n".join(kept[:SIZE]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
