"""The shape of the code, held by a test: imports go down, modules stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(
    path
    for folder in ("chalicelib", "ops", "sim", "infra")
    for path in (ROOT / folder).rglob("*.py")
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_module_says_what_lives_in_it_and_fits_on_a_few_screens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module needs a docstring"
    assert len(text.splitlines()) <= 240
    assert path.stem not in {"util", "utils", "common", "helpers", "manager", "misc"}


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_function_reads_top_to_bottom_in_forty_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = [line for line in node.body if not isinstance(line, ast.Expr)]
            spent = (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1
            assert spent <= 40, f"{node.name} has {spent} lines"


def test_the_entry_module_holds_no_rule() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_imports_go_only_downwards() -> None:
    checked = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
