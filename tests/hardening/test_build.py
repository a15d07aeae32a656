"""What is built holds what the program needs, by hatchling's rules; scripts/build_check.py builds it."""

from __future__ import annotations

import pytest

pytest.importorskip("hatchling")
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from scripts import build_check

pytestmark = pytest.mark.skipif(
    not (build_check.ROOT / ".git").exists(), reason="git says which files there are"
)


def test_every_file_of_the_package_goes_into_the_wheel() -> None:
    builder = WheelBuilder(str(build_check.ROOT))
    names = {file.distribution_path for file in builder.recurse_included_files()}
    assert {name for name in names if "__pycache__" not in name} >= build_check.package_files()
    kinds = {name.rpartition(".")[2] for name in names}
    assert kinds >= {"py", "toml", "csv", "sql", "html", "css", "js", "onnx", "typed", "txt", "jsonl"}


def test_the_source_distribution_has_what_the_tests_need_and_no_leftovers() -> None:
    builder = SdistBuilder(str(build_check.ROOT))
    names = [file.distribution_path for file in builder.recurse_included_files()]
    assert not [n for n in names if set(n.split("/")) & {".scores", ".hypothesis", ".mypy_cache", ".site"}]
    assert {"LICENSE", "tests/conftest.py", "scripts/build_check.py", "docs/security.md"} <= set(names)
