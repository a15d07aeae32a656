"""Which files of a folder are read."""

from __future__ import annotations

from pathlib import Path

from onrecord.sources.kind import HEAD, Blob
from onrecord.sources.registry import is_report, recognise

# A browser saves the pictures, scripts and frames of page.html in a folder page_files.
_PARTS = "_files"
_PAGES = (".html", ".htm")


def files_in(folder: Path, meta: Path | None = None) -> tuple[list[Path], list[Path]]:
    """The files to read in a folder and its folders, sorted by path, and those that are left out.

    Hidden files are neither, nor is ``meta``, the file of facts. Of files of no kind of their own, those that
    are named as texts are read; the parts of a page that a browser saved beside it are left out.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not _is_hidden(p.relative_to(folder)))
    known = meta.resolve() if meta else None
    files = [path for path in files if path.resolve() != known]
    kept = [path for path in files if is_read(path) and not _is_part(path, folder)]
    return kept, sorted(set(files) - set(kept))


def is_read(path: Path) -> bool:
    """Whether a file in a folder is of a kind that is read; one that cannot be opened is, to be told."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            blob = Blob(str(path), stream, head, lambda blob: iter(()))
            return is_report(recognise(blob)[0], blob)
    except OSError:
        return True


def _is_part(path: Path, folder: Path) -> bool:
    for parent in path.relative_to(folder).parents:
        if parent.name.endswith(_PARTS):
            page = folder / parent.parent / parent.name.removesuffix(_PARTS)
            if any(page.with_name(page.name + ending).exists() for ending in _PAGES):
                return True
    return False


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
