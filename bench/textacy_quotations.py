"""How fast textacy finds direct quotations, for a Python that has textacy and not onrecord.

usage: python bench/textacy_quotations.py --model NAME --runs N < texts.jsonl

The texts are JSON strings, one a line. Prints one line of JSON: the median seconds of the processor of the
bare parse (``nlp.pipe`` with all pipes) and of ``textacy.extract.direct_quotations`` on what it gives, how
many quotations that are, and how many texts it gives up (those whose marks are not in pairs).
"""

import argparse
import json
import statistics
import sys
import time

import spacy
import textacy
from textacy.extract.triples import direct_quotations


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--runs", type=int, required=True)
    chosen = options.parse_args()
    texts = [json.loads(line) for line in sys.stdin]
    nlp = spacy.load(chosen.model)
    list(nlp.pipe(texts[:2]))  # pays for what is loaded once
    bare, took = [], []
    for _ in range(chosen.runs):
        start = time.process_time()
        docs = list(nlp.pipe(texts))
        bare.append(time.process_time() - start)
        found = given_up = 0
        start = time.process_time()
        for doc in docs:
            try:
                found += sum(1 for _ in direct_quotations(doc))
            except ValueError:
                given_up += 1
        took.append(time.process_time() - start)
    print(json.dumps({
        "bare": statistics.median(bare), "seconds": statistics.median(took), "quotations": found,
        "given_up": given_up, "textacy": textacy.__version__, "spacy": spacy.__version__,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
