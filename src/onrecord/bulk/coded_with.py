"""What the shards of a run were coded with, so that one run never mixes two versions."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path

import msgspec

from onrecord import __version__, knowledge
from onrecord.errors import UsageError
from onrecord.output.files import replacing
from onrecord.text.parse import DEFAULT_MODEL

FILE = "coded-with.json"


class CodedWith(msgspec.Struct, frozen=True, kw_only=True):
    """All that records depend on beside the input; ``actors`` and ``frames`` are the digests of own files."""

    onrecord: str
    knowledge: str
    model: str
    tagger: str
    spacy: str
    actors: str | None = None
    frames: str | None = None

    def line(self) -> str:
        """All of it as one line."""
        return msgspec.json.encode(self).decode()


def coded_with(model: str | None, actors: Path | None, frames: Path | None) -> CodedWith:
    """What this installation codes with, given a spaCy model and own files; no model is loaded."""
    return CodedWith(
        onrecord=__version__,
        knowledge=knowledge.VERSION,
        model=_model(model or DEFAULT_MODEL),
        tagger=_tagger(),
        spacy=installed("spacy"),
        actors=_digest(actors.read_bytes()) if actors else None,
        frames=_digest(frames.read_bytes()) if frames else None,
    )


def claim(folder: Path, now: CodedWith) -> None:
    """Write down what a run codes with. Raises UsageError where an earlier run there coded otherwise."""
    before = _read(folder / FILE)
    if before is not None and before != now:
        changed = (
            f"{name} {getattr(before, name) or 'none'}, now {getattr(now, name) or 'none'}"
            for name in now.__struct_fields__
            if getattr(before, name) != getattr(now, name)
        )
        raise UsageError(
            f"{folder}: an earlier run coded with {'; '.join(changed)}; code with the same to go on with it, "
            "or name a new folder to code all anew"
        )
    with replacing(folder / FILE) as out:
        out.write(msgspec.json.format(msgspec.json.encode(now), indent=2) + b"\n")


def _read(path: Path) -> CodedWith | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=CodedWith)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _model(name: str) -> str:
    """A model with its version: that of the package, else that which its folder tells."""
    try:
        return f"{name}-{installed(name)}"
    except PackageNotFoundError:
        pass
    try:
        return f"{name}-{json.loads((Path(name) / 'meta.json').read_bytes())['version']}"
    except (OSError, ValueError, KeyError):
        return name  # it will not load either; that is told when it is asked for


def _tagger() -> str:
    """The learned tagger by its name and the digest of all that it reads: the stages of the encoder, what
    decodes and what weighs its findings; 'rules' where it cannot run."""
    folder = knowledge.data("attribution")
    files = sorted((f for f in folder.iterdir() if f.name != "MODEL.md"), key=lambda f: f.name)
    if find_spec("onnxruntime") is None or not any(f.name.endswith(".onnx") for f in files):
        return "rules"
    name = json.loads(folder.joinpath("tagger.json").read_bytes())["name"]
    digest = _digest(b"".join(f.read_bytes() for f in files))
    return f"{name}-{digest} on onnxruntime {installed('onnxruntime')}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
