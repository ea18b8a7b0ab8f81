"""Where a cloud unpacks functions, and that nothing of it stays behind."""

from pathlib import Path

import pytest

from infra import scratch


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place that stands for the machine's memory, with room."""
    place = tmp_path / "memory"
    place.mkdir()
    monkeypatch.setattr(scratch, "_MEMORY", place)
    monkeypatch.setattr(scratch, "_ROOM_BYTES", 0)
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A cloud's folder."""
    made = tmp_path / "run-1"
    made.mkdir()
    return made


def test_functions_are_unpacked_into_memory_and_removed_with_their_cloud(
    memory: Path, folder: Path
) -> None:
    made = scratch.make(folder)
    assert made.parent == memory
    (made / "worker").write_text("-")
    scratch.remove(folder)
    assert list(memory.iterdir()) == []


def test_what_an_earlier_cloud_of_the_folder_unpacked_is_gone(memory: Path, folder: Path) -> None:
    (scratch.make(folder) / "worker").write_text("-")
    assert not (scratch.make(folder) / "worker").exists()


def test_a_machine_without_room_unpacks_on_disk(
    memory: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch, "_ROOM_BYTES", 2**62)
    assert scratch.make(folder) == folder / "tmp"
    scratch.remove(folder)
    assert not (folder / "tmp").exists()


def test_what_a_vanished_checkout_left_in_memory_goes_with_the_next_cloud(
    memory: Path, folder: Path, tmp_path: Path
) -> None:
    gone = tmp_path / "run-0"
    gone.mkdir()
    left = scratch.make(gone)
    gone.rmdir()
    kept = scratch.make(folder)
    assert list(memory.iterdir()) == [kept]
    assert not left.exists()
