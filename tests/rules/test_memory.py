"""Memory stays within its bound however long a file is: the peak of processes of their own.

Weighed are the reader alone, and the preview and the import of a roster as they run in a function,
with the bucket, the key service and the last call to the people's table stood in for.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stdnum.cn import ric

from chalicelib.rules import roster_row
from tests import office_files
from tests.workbooks import shared_texts

ROOT = Path(__file__).parent.parent.parent
FEW, MANY = 5_000, 50_000
CSV_RATIO = 1.2
XLSX_RATIO, XLSX_MEGABYTES = 2.0, 64
READ = """
import sys
from collections import deque
from chalicelib.rules import office_file, roster_row
with open(sys.argv[1], "rb") as file, office_file.opened(file, roster_row.COLUMNS) as table:
    (last,) = deque(table.rows, maxlen=1)
taken = last.line - 1
"""
WORK = """
import sys
from hashlib import sha256
from chalicelib.rules import calendar, ids
from chalicelib.rules.run import Run, RunKind, RunState
from chalicelib.store import bulk, files, people, programmes, secrets
from chalicelib.usecases import {module}
from tests.builders import a_policy
files.fetched = lambda key, stamp: open(key, "rb")
secrets.person_id = lambda number: ids.person_id(sha256(number.reveal().encode()).digest())
secrets.seal_person = lambda person_id, identity: bytes(400)
people.registered = lambda person_ids: set()
programmes.in_force = lambda on: dict(social="hash")
programmes.by_hash = lambda version: a_policy()
bulk.insert = lambda items: [True for _ in items]
source = dict(object_key=sys.argv[1], stamp="stamp")
run = Run("r-1", RunKind.ROSTER, RunState.WAITING, "staff-1", "staff", "", "", source)
now = calendar.instant("2026-03-02T09:00:00+08:00")
taken = sum(block.tally.applied for block in {module}.blocks(run, now))
"""
PROGRAMS = {
    "read": READ,
    "preview": WORK.format(module="preview_rows"),
    "import": WORK.format(module="import_rows"),
}
TELL = """
import re
from pathlib import Path
peak = re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())
print(taken, peak[1])
"""

# The kernel's own mark; what getrusage tells would begin with the peak of the test run itself.
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")


def a_row(n: int) -> tuple[str, ...]:
    """A sound row of another person."""
    digits = f"319999{1980 + n // 28_000}01{1 + n % 28:02}{n // 28 % 1_000:03}"
    number = digits + ric.calc_check_digit(digits + "0")
    dates = ("2025-01-01", "", "本市", "310104")
    return (f"张样例{n}", number, f"169{n:08}", "登记失业人员", *dates, office_files.account(n))


@pytest.fixture(scope="module")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Path]:
    """Rosters by form and length: nearly every text of them is another one."""
    rows = [roster_row.HEADINGS, *map(a_row, range(MANY))]
    folder, made = tmp_path_factory.mktemp("rosters"), {}
    for many in (FEW, MANY):
        csv = made["csv", many] = folder / f"{many}.csv"
        csv.write_text("\n".join(map(",".join, rows[: many + 1])), encoding="gb18030")
        xlsx = made["xlsx", many] = folder / f"{many}.xlsx"
        xlsx.write_bytes(shared_texts(rows[: many + 1]))
    return made


def peak_kilobytes(program: str, file: Path, rows: int) -> int:
    """The most memory that a process holds which works through this file."""
    command = [sys.executable, "-c", program + TELL, str(file)]
    told = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "STAGE": "local"}, capture_output=True, check=True
    ).stdout
    taken, peak = map(int, told.split())
    assert taken == rows
    return peak


@pytest.mark.parametrize("what", PROGRAMS)
def test_ten_times_the_rows_of_a_csv_need_no_more_memory(
    rosters: dict[tuple[str, int], Path], what: str
) -> None:
    few, many = (peak_kilobytes(PROGRAMS[what], rosters["csv", rows], rows) for rows in (FEW, MANY))
    print(f"CSV, {what}: {few} kB for {FEW} rows, {many} kB for {MANY}: {many / few:.2f}")
    assert many <= CSV_RATIO * few


def test_a_workbook_of_fifty_thousand_rows_stays_within_its_bound(
    rosters: dict[tuple[str, int], Path],
) -> None:
    few, many = (peak_kilobytes(READ, rosters["xlsx", rows], rows) for rows in (FEW, MANY))
    print(f"XLSX: {few} kB for {FEW} rows, {many} kB for {MANY}: {many / few:.2f}")
    assert many <= XLSX_RATIO * few
    assert many <= XLSX_MEGABYTES * 1024
