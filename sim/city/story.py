"""The story's script, `story.json`: what the driver plays, and when.

Many rows stand as `{"columns": […], "rows": [[…], …]}`. A *person* is an index into `people`, the
document numbers of those who act; an *institution* or *enterprise* is the organisation's code.

- `city`: seed, workers, and the canary that ends every person's name
- `moments`: S0 … S11, RFC 3339 · `districts`: the sixteen codes
- `cast`: staff subjects: `first_permission_manager`, `city_officer`, `policy_approver`, `approver`,
  `proposers` and `releasers` by district, `desks` by institution, and `former`, whose rights
  have ended
- `channels`: the apps that workers act through; the person with index n uses the n-th, in turn
- `imports`, `batches`: in their order, each with its moment and who does it (`by`)
- `claims`, `refused_claims`: person, programme; at S0, the refused ones must be answered 4xx
- `verifications`: person, programme, institution; at S0
- `classes`: at S0 filed by the institution's desk; `learners` are person, paid_by, enterprise
- `late_class` (S0), `late_learner` (S1): refused, `expected` says with which code
- `check_ins`: by moment; `expected` is the tap's own outcome; `attempt` 2 is a second tap
- `proposals`: programme, district, entries, total_fen; at S8
- `held`: person, programme, district, decision (release or keep), reason; any other held line is
  released with `default_release_reason`
"""

from collections.abc import Iterable
from dataclasses import asdict

from sim.city.channels import CHANNELS
from sim.city.city import City
from sim.city.expectations import batch_issued
from sim.city.files import Json, table
from sim.city.moments import MOMENTS
from sim.city.names import CANARY
from sim.city.people import Person
from sim.city.places import DISTRICTS
from sim.city.scenes import Numbering, check_in_table, class_entry, held_table, proposal_table
from sim.city.staff import (
    APPROVER,
    CITY_OFFICER,
    FIRST_PERMISSION_MANAGER,
    FORMER_OFFICER,
    POLICY_APPROVER,
    desks,
    proposer_of,
    releaser_of,
)

RELEASE_REASON = "经区核实，学员到课属实"
IMPORTS = (
    ("S0", "organisations", FIRST_PERMISSION_MANAGER),
    ("S0", "staff", FIRST_PERMISSION_MANAGER),
    ("S0", "sites", CITY_OFFICER),
    ("S0", "budgets", CITY_OFFICER),
    ("S0", "targets", CITY_OFFICER),
    ("S0", "roster", CITY_OFFICER),
    ("S8", "results", CITY_OFFICER),
)


def _actors(city: City) -> Iterable[Person]:
    """Whoever claims, granted or refused."""
    return (person for person, _ in [*city.cast.claims, *city.cast.refused_claims])


def _staff_cast(city: City) -> Json:
    codes = [district.code for district in DISTRICTS]
    return {
        "first_permission_manager": FIRST_PERMISSION_MANAGER,
        "city_officer": CITY_OFFICER,
        "policy_approver": POLICY_APPROVER,
        "approver": APPROVER,
        "proposers": {code: proposer_of(code) for code in codes},
        "releasers": {code: releaser_of(code) for code in codes},
        "desks": desks(city.organisations),
        "former": FORMER_OFFICER,
    }


def _late_learner(city: City, number: Numbering) -> Json:
    late = city.cast.late_learner
    return {
        "moment": "S1",
        "person": number(late.person),
        "programme": late.training_class.programme,
        "class_no": late.training_class.class_no,
        "institution": late.training_class.institution.code,
        "paid_by": "worker",
        "expected": "enrolled_too_late",
    }


def _first_day(city: City, number: Numbering) -> Json:
    """What happens at S0 after the files are in."""
    cast = city.cast
    batch = {
        "moment": "S0",
        "programme": "social-training",
        "group": "registered-unemployed",
        "by": CITY_OFFICER,
        "expected_issued": len(batch_issued(city)),
    }
    read = [(number(who), programme, where.code) for who, programme, where in cast.verifications]
    late_class = class_entry(city.timetables.late_class, (), number)
    return {
        "batches": [batch],
        "claims": table(("person", "programme"), [(number(who), of) for who, of in cast.claims]),
        "refused_claims": table(
            ("person", "programme"), [(number(who), of) for who, of in cast.refused_claims]
        ),
        "verifications": table(("person", "programme", "institution"), read),
        "classes": [class_entry(each, cast.learners, number) for each in city.timetables.classes],
        "late_class": late_class | {"expected": "filed_too_late"},
    }


def story(city: City) -> Json:
    """Return the script of the city's story."""
    number = Numbering(_actors(city))
    return {
        "city": {"seed": city.seed, "workers": len(city.people), "canary": CANARY},
        "moments": {name: moment.isoformat() for name, moment in MOMENTS.items()},
        "districts": [district.code for district in DISTRICTS],
        "cast": _staff_cast(city),
        "channels": [asdict(channel) for channel in CHANNELS],
        "imports": [
            {"moment": moment, "kind": kind, "file": f"{kind}.csv", "by": by}
            for moment, kind, by in IMPORTS
        ],
        "people": number.document_numbers,
        **_first_day(city, number),
        "late_learner": _late_learner(city, number),
        "check_ins": check_in_table(city.check_ins, number),
        "proposals": proposal_table(city.payments),
        "held": held_table(city.payments, number),
        "default_release_reason": RELEASE_REASON,
    }
