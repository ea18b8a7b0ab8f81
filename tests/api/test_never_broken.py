"""Whatever sound request comes, on real tables: an answer or a problem, never a 5xx."""

import json
import re
from typing import Any, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as campaign
from hypothesis import strategies as st

from chalicelib.api.routes import ROUTES, Route
from chalicelib.policy import digest
from chalicelib.policy.place import read
from tests import seeding
from tests.api.gateway import Gateway
from tests.api.standing import callers
from tests.builders import POLICIES

KNOWN = {
    "programme": st.sampled_from(["social-training", "skill-certificate", "check-in", "other"]),
    "district": st.sampled_from(["310104", "310101", "000000"]),
    "site_no": st.sampled_from(["S1", "S2"]),
    "paid_by": st.sampled_from(["worker", "institution", "enterprise"]),
    "object_key": st.just("incoming/absent.csv"),
    "starts_at": st.sampled_from(
        ["2026-03-09T09:00:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
    ),
}
IDS = {"voucher_id": "v", "class_id": "c", "run_id": "r", "proposal_id": "s", "line_id": "l"}
HASH = digest(read(POLICIES / "check-in"))
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Sound values of a field's type, as plain JSON."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return bodies(kind)
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=3)
    if get_origin(kind) is not None and hasattr(kind, "__metadata__"):
        base, meta = get_args(kind)[0], kind.__metadata__[0]
        if meta.pattern:
            return st.from_regex(re.compile(meta.pattern, re.ASCII), fullmatch=True)
        if base is float:
            return st.floats(meta.ge, meta.le)
        if base is int:
            return st.integers(meta.ge, meta.le)
        return values(base)
    if kind == dict[str, Any]:
        return documents()
    return st.text(min_size=20, max_size=35) if kind is str else st.from_type(kind)


def bodies(kind: type[msgspec.Struct]) -> st.SearchStrategy[dict[str, Any]]:
    """Sound bodies of a type; names that the city knows are said now and then."""
    fields = {
        field.name: KNOWN.get(field.name, st.nothing()) | values(field.type)
        for field in msgspec.structs.fields(kind)
    }
    return st.fixed_dictionaries(fields)


@st.composite
def documents(draw: st.DrawFn) -> Any:
    """A policy's document with something else in one place of it."""
    document = read(POLICIES / draw(st.sampled_from(["social-training", "check-in"])))
    place: Any = document
    while True:
        keys = sorted(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or draw(st.booleans()):
            place[key] = draw(JUNK)
            return document
        place = place[key]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
@campaign(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_sound_request_never_breaks_the_city(
    standing: Gateway, route: Route, data: st.DataObject
) -> None:
    path = route.path.replace("{programme}", data.draw(KNOWN["programme"]))
    path = path.replace("{lesson_no}", str(data.draw(st.integers(1, 999))))
    for name, letter in IDS.items():
        path = path.replace(f"{{{name}}}", f"{letter}-{data.draw(st.sampled_from('ab')) * 26}")
    path = path.replace("{policy_hash}", data.draw(st.sampled_from((HASH, "0" * 32))))
    path = path.replace("{client_id}", data.draw(st.sampled_from((*seeding.CLIENTS, "no-app"))))
    caller = data.draw(st.sampled_from(callers(route)))
    asked = data.draw(bodies(route.takes))
    if route.method == "GET":
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        answer = standing.get(f"{path}?{query}" if query else path, caller)
    else:
        body = json.dumps(asked, default=str).encode()
        assume(len(body) < 60_000)
        key = f"key-{data.draw(st.integers(0, 10**9)):08}"
        answer = standing.post(path, caller, body, idempotency_key=key)
    assert answer.status_code < 500, answer.json_body
