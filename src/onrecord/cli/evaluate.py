"""``onrecord evaluate``: how right records are, measured on gold of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.common import colour_option, errors_as_messages, format_option, style


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="GOLD")
@click.argument("records", type=click.Path(exists=True, dir_okay=False, allow_dash=True), metavar="RECORDS")
@click.option("--errors", is_flag=True, help="List what is missed and what is wrong, report by report.")
@format_option("json", "csv", "md")
@colour_option
def evaluate(gold: Path, records: str, errors: bool, format_name: str, colour: str) -> None:
    """Score records against what people found in the same reports.

    GOLD is a folder with a file for each report, named by its id (ID.yaml or ID.json); RECORDS a file that
    'onrecord code' wrote as json or jsonl, or - for standard input. Shown are precision, recall and F1, with
    the interval in which F1 lies for 95 of 100 draws of as many reports of the same kind.

    \b
    onrecord evaluate gold/ records.jsonl
    onrecord evaluate gold/ records.jsonl --errors --format csv

    Exit status: 0 scored, 2 wrong usage, among it gold that does not fit the reports.
    """
    from onrecord.errors import UsageError
    from onrecord.evaluation.gold import gold_files, read_gold
    from onrecord.evaluation.score import score_report, scores
    from onrecord.output.listing import Column, Listing, render
    from onrecord.output.records import read_records
    from onrecord.output.style import safe

    with errors_as_messages():
        files = gold_files(gold)
        scored = [
            score_report(record, read_gold(files.pop(record.document.id), record.document.text))
            for record in read_records(records)
            if record.document.id in files
        ]
        if not scored:
            raise UsageError(f"no record has the id of a file in {gold}: {', '.join(list(files)[:5])}")
        for missing in files:
            click.echo(safe(f"note: no record for {missing}"), err=True)
        if errors:
            found = [e for report in scored for e in report.errors]
            shown = Listing(
                (Column("report", 24), Column("measure"), Column("is"), Column("entry", 90)),
                tuple((e.report, e.measure, e.kind, e.told) for e in found),
                tuple(
                    {"report": e.report, "measure": e.measure, "is": e.kind, "entry": e.told} for e in found
                ),
                "nothing is missed or wrong",
            )
        else:
            rows = scores(scored)
            shown = Listing(
                (Column("measure"), Column("right"), Column("found"), Column("gold"), Column("precision"),
                 Column("recall"), Column("F1"), Column("95 %")),
                tuple(
                    (s.measure, str(s.tally.right), str(s.tally.found), str(s.tally.gold),
                     f"{s.tally.precision:.3f}", f"{s.tally.recall:.3f}", f"{s.tally.f1:.3f}",
                     f"{s.low:.2f}–{s.high:.2f}")
                    for s in rows
                ),
                tuple(
                    {"measure": s.measure, "what": s.what, "right": s.tally.right, "found": s.tally.found,
                     "gold": s.tally.gold, "precision": round(s.tally.precision, 4),
                     "recall": round(s.tally.recall, 4), "f1": round(s.tally.f1, 4), "low": round(s.low, 4),
                     "high": round(s.high, 4), "reports": len(scored)}
                    for s in rows
                ),
            )  # fmt: skip
        text = render(shown, format_name, style(colour, None))  # type: ignore[arg-type]
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
