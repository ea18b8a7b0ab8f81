"""The committed samples are the generator's own, and any seed gives the same bytes again."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sim.city
from sim.city import make_city

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "samples"


def _fresh_city(folder: Path, hash_seed: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "sim.city", "--seed", "7", "--workers", "200", "--out"]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    subprocess.run([*command, str(folder)], cwd=ROOT, env=environment, check=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_committed_samples_are_made_anew_byte_for_byte() -> None:
    made = make_city()
    committed = {path.name for path in COMMITTED.iterdir() if not path.name.startswith(".")}
    assert committed == made.keys()
    differing = [name for name in made if (COMMITTED / name).read_bytes() != made[name]]
    assert differing == [], "run `python -m sim.city` and commit what it writes"


def test_the_command_writes_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    one = _fresh_city(tmp_path / "one", "1")
    assert one == _fresh_city(tmp_path / "other", "2")
    assert one == make_city(7, 200)


def test_another_seed_is_another_city() -> None:
    one, other = make_city(7, 200), make_city(8, 200)
    same = {name for name in one if one[name] == other[name]}
    # A grant may be drawn alike; what is aimed at follows from the city's size alone.
    assert {"targets.csv"} <= same <= {"budgets.csv", "targets.csv"}


def test_a_city_too_small_for_the_story_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 200"):
        make_city(1, 199)


def test_the_generator_imports_nothing_but_itself_and_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"sim", "stdnum"}
    for module in Path(sim.city.__file__).parent.glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        names = [a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names]
        names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        foreign = {name for name in names if name.split(".")[0] not in allowed}
        assert foreign == set(), module.name
        assert all(name.startswith("sim.city") for name in names if name.startswith("sim"))
