"""The texts that are measured: paragraphs of the shipped examples and sentences of our own, in new orders.

Seeded, so that every run reads the same words; a folder of text files can be read instead.
"""

from __future__ import annotations

import random
from importlib.resources import files
from pathlib import Path

from onrecord.record import Document

DAY = "2015-07-14"

# Written for this, after public facts about past negotiations.
SENTENCES = (
    "Juan Manuel Santos said on Wednesday that the accord with the FARC had to be put to the voters.",
    "“We will not sign a text that leaves the victims out,” Humberto de la Calle told reporters in Havana.",
    "The rebels rejected the proposal, saying that their prisoners had to be freed first.",
    "Norway and Cuba, which had hosted the talks for four years, urged both sides to come back to the table.",
    "Rodrigo Londoño, who led the FARC, apologised for the kidnappings and promised that they would end.",
    "Alvaro Uribe accused the government of handing the country to the guerrillas, and demanded changes.",
    "In Minsk, Petro Poroshenko and Vladimir Putin talked through the night with Angela Merkel and François "
    "Hollande before they agreed on a ceasefire that was to begin on Sunday.",
    "Separatists shelled the railway town of Debaltseve hours after the truce had been signed, Kyiv said.",
    "Germany warned that the European Union would tighten its sanctions if the fighting went on.",
    "Sergei Lavrov denied that Russia had sent troops, and called the accusation baseless.",
    "The monitors of the OSCE asked for access to the front line but were turned away at a checkpoint.",
    "George Mitchell gave the parties in Belfast until midnight on Thursday to accept his draft.",
    "David Trimble insisted that decommissioning must come before Sinn Féin entered any executive.",
    "Gerry Adams answered that his party would not be bound by a deadline that others had set.",
    "Tony Blair flew to Belfast on Tuesday, saying that he felt the hand of history upon his shoulder.",
    "Bertie Ahern left the talks for a day to bury his mother, and came back the same night.",
    "Alija Izetbegović said that the map offered at Dayton was not just, but that war was worse.",
    "Richard Holbrooke threatened to close the talks unless Slobodan Milošević gave way on Goražde.",
    "NATO resumed its air strikes on Wednesday after the Serbs had refused to withdraw their heavy guns.",
    "According to two diplomats, the delegations have settled all but one per cent of the territory.",
    "Yitzhak Rabin said that it was time to put an end to bloodshed, and shook hands with Yasser Arafat.",
    "Israel and the PLO recognised each other in letters that Johan Jørgen Holst had carried from Oslo.",
    "The foreign ministry in Tehran said it was ready to consider limits on research if the embargo on arms "
    "was lifted, a demand that Washington has declined to discuss.",
    "Officials close to the talks, who spoke on condition that they would not be named, described the mood "
    "as grim; one of them said nobody had packed his bags yet.",
    "Aid convoys reached the besieged town on Friday for the first time since the talks had begun.",
    "The council voted to extend the mandate of the mission by six months, with China abstaining.",
)


def paragraphs() -> list[str]:
    """The paragraphs that texts are made of: those of the examples, and short ones of our own sentences."""
    folder = files("onrecord") / "data" / "examples"
    names = sorted(f.name for f in folder.iterdir() if f.name.endswith(".txt"))
    found = [
        line for name in names for line in (folder / name).read_text("utf-8").split("\n") if line.strip()
    ]
    draw = random.Random(7)
    found += [" ".join(draw.sample(SENTENCES, draw.randint(1, 3))) for _ in range(40)]
    return found


def reports(count: int, seed: int = 1) -> list[Document]:
    """Reports of 12 to 18 paragraphs."""
    draw, pieces = random.Random(seed), paragraphs()
    texts = ("\n\n".join(draw.sample(pieces, draw.randint(12, 18))) for _ in range(count))
    return [Document(id=f"r{i}", text=text, published=DAY) for i, text in enumerate(texts)]


def report_of(words: int, seed: int = 2) -> Document:
    """One report of about so many words, paragraph after paragraph."""
    draw, pieces = random.Random(seed), paragraphs()
    chosen: list[str] = []
    left = words
    while left > 0:
        piece = draw.choice(pieces)
        chosen.append(" ".join(piece.split()[:left]))
        left -= len(piece.split())
    return Document(id=f"w{words}", text="\n\n".join(chosen), published=DAY)


def of_folder(folder: Path) -> list[Document]:
    """The text files of a folder, as reports of one day."""
    paths = sorted(folder.glob("*.txt"))
    return [Document(id=p.stem, text=p.read_text("utf-8"), published=DAY) for p in paths]


def word_count(documents: list[Document]) -> int:
    """The words of documents: what stands between white space."""
    return sum(len(document.text.split()) for document in documents)
