"""Memory stays within its bound however long a file is: the peak of processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.rules import roster_row
from tests.workbooks import shared_texts

ROOT = Path(__file__).parent.parent.parent
FEW, MANY = 5_000, 50_000
CSV_RATIO = 1.2
XLSX_RATIO, XLSX_MEGABYTES = 2.0, 64
READ = """
import re, sys
from collections import deque
from pathlib import Path
from chalicelib.rules import office_file, roster_row
with open(sys.argv[1], "rb") as file, office_file.opened(file, roster_row.COLUMNS) as table:
    (last,) = deque(table.rows, maxlen=1)
peak = re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())
print(last.line, peak[1])
"""

# The kernel's own mark; what getrusage tells would begin with the peak of the test run itself.
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")


def a_row(n: int) -> tuple[str, ...]:
    number, account = f"31999919800101{n:04}", f"621995{n:013}"
    dates = ("2025-01-01", "", "本市", "310104")
    return (f"张样例{n}", number, f"169{n:08}", "登记失业人员", *dates, account)


def written(file: Path, rows: int) -> Path:
    """A roster of that many rows: nearly every text of it is another one."""
    if file.suffix == ".csv":
        lines = (",".join(row) for row in (roster_row.HEADINGS, *map(a_row, range(rows))))
        file.write_text("\n".join(lines), encoding="gb18030")
        return file
    file.write_bytes(shared_texts([roster_row.HEADINGS, *map(a_row, range(rows))]))
    return file


def peak_kilobytes(file: Path, rows: int) -> int:
    """The most memory that a process holds which reads this file."""
    command = [sys.executable, "-c", READ, str(file)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    line, peak = map(int, told.split())
    assert line == rows + 1
    return peak


def peaks(folder: Path, ending: str) -> tuple[int, int]:
    few, many = (
        peak_kilobytes(written(folder / f"roster-{rows}{ending}", rows), rows)
        for rows in (FEW, MANY)
    )
    return few, many


def test_ten_times_the_rows_of_a_csv_need_no_more_memory(tmp_path: Path) -> None:
    few, many = peaks(tmp_path, ".csv")
    print(f"CSV: {few} kB for {FEW} rows, {many} kB for {MANY}: {many / few:.2f}")
    assert many <= CSV_RATIO * few


def test_a_workbook_of_fifty_thousand_rows_stays_within_its_bound(tmp_path: Path) -> None:
    few, many = peaks(tmp_path, ".xlsx")
    print(f"XLSX: {few} kB for {FEW} rows, {many} kB for {MANY}: {many / few:.2f}")
    assert many <= XLSX_RATIO * few
    assert many <= XLSX_MEGABYTES * 1024
