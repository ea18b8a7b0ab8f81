"""A place as small as one can be, in TOML, for tests that spoil it or add to it."""

from pathlib import Path

from chalicelib import policy
from chalicelib.policy import Policy
from chalicelib.policy.place import read

SHARED = """
[place]
code = "tiny"
name = { zh-CN = "微城", en = "Tiny" }

[groups]
unit = "names"
[[groups.values]]
from = 2025-01-01
source = "a test"
value = { jobless = { zh-CN = "失业", en = "Jobless" }, staff = { zh-CN = "职工", en = "Staff" } }

[levels]
unit = "names"
[[levels.values]]
from = 2025-01-01
source = "a test"
[levels.values.value]
1 = { zh-CN = "高", en = "High" }
2 = { zh-CN = "中", en = "Mid" }
3 = { zh-CN = "低", en = "Low" }

[funds]
unit = "names"
[[funds.values]]
from = 2025-01-01
source = "a test"
value = { city = { zh-CN = "市", en = "City" }, east = { zh-CN = "东区", en = "East" } }

[urgent]
unit = "occupation-list"
[[urgent.values]]
from = 2025-01-01
value = ["baker"]
source = "a test"
"""

PROGRAMME = """
[programme]
code = "bread"
shape = "certificate"
name = { zh-CN = "面包", en = "Bread" }

[periods]
unit = "period"
[[periods.values]]
from = 2025-01-01
value = { name = "2025", expires_on = 2026-01-01 }
source = "a test"

[vouchers_per_period]
unit = "voucher"
[[vouchers_per_period.values]]
from = 2025-01-01
value = 1
source = "a test"

[subsidy_vouchers_per_year]
unit = "voucher"
[[subsidy_vouchers_per_year.values]]
from = 2025-01-01
value = 1
source = "a test"

[eligible]
unit = "group-list"
[[eligible.values]]
from = 2025-01-01
value = [{ groups = ["jobless", "staff"] }]
source = "a test"
"""

AMOUNT = """
[order]
unit = "order"
governed_by = "certificate"
[[order.values]]
from = 2025-01-01
value = ["standard", "uplift", "ratio", "rounding"]
source = "a test"

[standard]
unit = "standard"
governed_by = "certificate"
[[standard.values]]
from = 2025-01-01
value = [{ fen_by_level = { 1 = 30000, 2 = 20000 } }]
source = "a test"

[uplift]
unit = "uplift"
governed_by = "certificate"
[[uplift.values]]
from = 2025-01-01
value = [{ occupations = "urgent", percent = 30 }]
source = "a test"

[ratio]
unit = "ratio"
governed_by = "certificate"
[[ratio.values]]
from = 2025-01-01
value = [{ groups = ["jobless"], percent = 100 }, { percent = 80 }]
source = "a test"

[judged_on]
unit = "event"
governed_by = "certificate"
[[judged_on.values]]
from = 2025-01-01
value = "certificate"
source = "a test"

[payee]
unit = "payee"
governed_by = "certificate"
[[payee.values]]
from = 2025-01-01
value = "worker"
source = "a test"

[fund]
unit = "fund"
governed_by = "certificate"
[[fund.values]]
from = 2025-01-01
value = "city"
source = "a test"

[rounding]
unit = "rounding"
governed_by = "certificate"
[[rounding.values]]
from = 2025-01-01
value = "down-to-yuan"
source = "a test"
"""

CASES = """
[[case]]
name = "a jobless baker of level 1"
programme = "bread"
asks = "settle"
on = 2025-03-01
person = { groups = [{ name = "jobless", since = 2024-01-01 }] }
course = { occupation = "baker", level = 1 }
events = { certificate = 2025-02-01 }
expect = { outcome = "yes", amount_fen = 39000 }
"""


def value(name: str, told: str, *, unit: str = "", governed: bool = True, since: str = "") -> str:
    """One more parameter, with one value."""
    governs = 'governed_by = "certificate"\n' if governed else ""
    return (
        f'\n[{name}]\nunit = "{unit or name}"\n{governs}[[{name}.values]]\n'
        f'from = {since or "2025-01-01"}\nvalue = {told}\nsource = "a test"\n'
    )


def written(
    folder: Path,
    *,
    shared: str = SHARED,
    programme: str = PROGRAMME,
    amount: str = AMOUNT,
    cases: str = CASES,
) -> Path:
    """The place in a folder."""
    files = {
        "place.toml": shared,
        "bread/programme.toml": programme,
        "bread/amount.toml": amount,
        "cases/bread.toml": cases,
    }
    for name, text in files.items():
        path = folder / "tiny" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "tiny"


def compiled(folder: Path) -> Policy:
    """The policy of its programme."""
    document = read(folder / "bread")
    return Policy.of(policy.digest(document), document)
