"""docs/how-to-add-a-verb.md, followed to the letter in a copy of the tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "how-to-add-a-verb.md"
BLOCK = r"\n\n```python\n(?P<code>.*?)```$"
STEPS = re.compile(
    r"^(?:New file `(?P<new>[^`]+)`:"
    r"|In `(?P<below>[^`]+)`, below `(?P<anchor>[^`]+)`, add:"
    r"|In `(?P<instead>[^`]+)`, instead of `(?P<old>[^`]+)`, write:"
    r"|At the end of `(?P<end>[^`]+)`, add:)" + BLOCK,
    re.MULTILINE | re.DOTALL,
)
COMMANDS = re.compile(r"^python -m (\S+)", re.MULTILINE)
IGNORED = shutil.ignore_patterns(
    ".git", ".venv", ".venv-cloud", ".city", "build", ".*_cache", "__pycache__", ".hypothesis"
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout in which every step of the page was taken."""
    copy = tmp_path_factory.mktemp("copy") / "tree"
    shutil.copytree(ROOT, copy, ignore=IGNORED)
    for venv in (".venv", ".venv-cloud"):
        (copy / venv).symlink_to((ROOT / venv).resolve())
    for step in STEPS.finditer(PAGE.read_text(encoding="utf-8")):
        _take(copy, step)
    return copy


def _take(tree: Path, step: re.Match[str]) -> None:
    code = step["code"]
    if step["new"]:
        assert not (tree / step["new"]).exists()
        (tree / step["new"]).write_text(code, encoding="utf-8")
        return
    path = tree / (step["below"] or step["instead"] or step["end"])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if step["end"]:
        path.write_text("".join(lines) + "\n\n" + code, encoding="utf-8")
        return
    wanted = step["anchor"] or step["old"]
    (at,) = [n for n, line in enumerate(lines) if line.strip() == wanted]
    lines[at : at + 1] = [*([lines[at]] if step["below"] else []), code]
    path.write_text("".join(lines), encoding="utf-8")


def _run(tree: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=tree, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_block_of_the_page_is_left_out() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(list(STEPS.finditer(text))) == text.count("```python\n") == 6


def test_the_tests_that_the_page_adds_pass(tree: Path) -> None:
    added = ["tests/usecases/test_withdraw.py", "tests/rules/test_voucher.py"]
    told = _run(tree, "pytest", "-n", "0", "-p", "no:cacheprovider", *added)
    assert "test_withdraw" not in told  # nothing failed, nothing was skipped
    assert "skipped" not in told


def test_what_the_page_adds_is_formatted_and_free_of_fault(tree: Path) -> None:
    changed = [
        step["new"] or step["below"] or step["instead"] or step["end"]
        for step in STEPS.finditer(PAGE.read_text(encoding="utf-8"))
    ]
    _run(tree, "ruff", "check", *changed)
    _run(tree, "ruff", "format", "--check", *changed)


def test_the_docs_follow_by_the_commands_of_the_page(tree: Path) -> None:
    commands = COMMANDS.findall(PAGE.read_text(encoding="utf-8"))
    assert commands == ["ops.diagram", "infra.contract"]
    for command in commands:
        _run(tree, command)
    assert "VERIFIED --> CLAIMED: withdraw" in (tree / "docs" / "moves.md").read_text("utf-8")
    contract = (tree / "docs" / "openapi.json").read_text("utf-8")
    assert "/vouchers/{voucher_id}/withdrawal" in contract
