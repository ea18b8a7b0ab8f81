"""List what is an organisation's own: an enterprise's staff, an institution's classes and money.

The index says which ids; each page is read strongly after, and what is not theirs is left out.
"""

from chalicelib.rules.ids import ClassId
from chalicelib.rules.line import Line
from chalicelib.rules.person import Person
from chalicelib.rules.principal import Principal, Right
from chalicelib.rules.shares import ORGANISATIONS
from chalicelib.rules.teaching import TrainingClass
from chalicelib.rules.voucher import Voucher
from chalicelib.store import classes, payments, people, vouchers

from . import show
from .taught import Taught, taught


def staff_vouchers(
    principal: Principal, after: str, limit: int
) -> tuple[list[tuple[Voucher, Person]], str]:
    """A page of the vouchers whose fee the caller's enterprise paid, and the next one's start.

    Raises Forbidden `not_an_enterprise`.
    """
    principal.require(Right.ENTERPRISE_VIEW)
    enterprise = principal.enterprise
    listed, following = vouchers.page_of_enterprise(enterprise.id, after, limit)
    found = [one for one in vouchers.load_all(listed) if one.terms.payee_id == enterprise.id]
    return _with_holders(found), following


def own_classes(principal: Principal, after: str, limit: int) -> tuple[list[TrainingClass], str]:
    """A page of the classes that the caller's organisation teaches; Forbidden for others."""
    principal.require(Right.INSTITUTION_VIEW)
    listed, following = classes.of_institution(principal.teacher.id, after, limit)
    return sorted(classes.load_all(listed), key=lambda into: into.id), following


def own_lines(principal: Principal, after: str, limit: int) -> tuple[list[Line], str]:
    """A page of the payment lines that pay the caller's institution."""
    principal.require(Right.INSTITUTION_VIEW)
    institution = principal.institution
    listed, following = payments.to_organisation(institution.id, after, limit)
    found = payments.load_all(listed)
    theirs = [one for one in found if one.payee in ORGANISATIONS and one.payee_id == institution.id]
    return sorted(theirs, key=lambda line: line.id), following


def learners(
    principal: Principal, class_id: ClassId, after: str, limit: int
) -> tuple[list[tuple[Taught, Person]], str]:
    """A page of a class's learners with their check-ins, for those whom the class concerns.

    NotFound for everybody else.
    """
    into = show.training_class(principal, class_id)
    listed, following = vouchers.page_of_class(into.id, after, limit)
    found = [one for one in vouchers.load_all(listed) if one.terms.class_id == into.id]
    courses = taught(found)
    return [(courses[one.id], holder) for one, holder in _with_holders(found)], following


def _with_holders(found: list[Voucher]) -> list[tuple[Voucher, Person]]:
    """The vouchers with their holders, by id."""
    holders = {one.id: one for one in people.load_all({one.person_id for one in found})}
    known = [(one, holders[one.person_id]) for one in found if one.person_id in holders]
    return sorted(known, key=lambda pair: pair[0].id)
