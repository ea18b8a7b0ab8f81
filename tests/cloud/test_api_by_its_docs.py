"""The API as a mobile engineer meets it: docs/api.md's own lines, run in order on a local city.

What they leave behind is then asked about, and misasked, 300 times through the gateway.
"""

import json
import re
from io import StringIO
from math import ceil
from pathlib import Path

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import given, seed
from rich.console import Console
from schemathesis import Case, GenerationMode, Response

import app  # noqa: F401  (a route is known once its module is imported)
from chalicelib.api.problems import Problem
from chalicelib.api.routes import ROUTES, Route
from chalicelib.rules.principal import Right
from infra import paths
from infra.passing_city import City
from ops.demo.arrival import DeployedCity, arrive
from ops.demo.clock import offset_to
from ops.demo.scenes import offices
from ops.demo.screen import Screen
from ops.demo.story import read_story
from ops.demo.world import World
from sim.city import make_city
from tests.cloud import shell
from tests.contract import CHECKS, campaign, sent
from tests.docs.pages import blocks

PAGE = (paths.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```sh\n(.*?)^```$", PAGE, re.M | re.S))
SHARE = ceil(300 / len(ROUTES) / len(GenerationMode))


@pytest.fixture(scope="module")
def world(city: City, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The city of `make up`, with the offices' files of two hundred people."""
    samples = tmp_path_factory.mktemp("samples")
    for name, content in make_city(seed=2026, workers=200).items():
        (samples / name).write_bytes(content)
    offset_s = offset_to(read_story(samples).moments["S0"])
    city.set_offset(offset_s)
    deployed = DeployedCity(
        api_url=city.stack.api_url,
        outputs=city.stack.outputs,
        functions=city.stack.functions,
        environment=city.cloud.environment(),
        issuer=city.issuer,
        folder=city.folder,
    )
    screen = Screen(Console(file=StringIO()))
    there = arrive(
        deployed, samples, paths.ROOT / "policies" / "shanghai", screen, city.set_offset, offset_s
    )
    offices.open_city(there)
    offices.register_channels(there)
    return there


def tokens(world: World) -> dict[str, str]:
    """What `make up` prints for a reader to paste."""
    cast, first = world.story.cast, world.story.verifications[0]
    return {
        "CITY": world.api.url,
        "WORKER": world.worker(first.person),
        "DESK": world.tokens.staff(cast.desks[first.institution]),
        "OFFICIAL": world.tokens.staff(cast.city_officer),
    }


@pytest.fixture(scope="module")
def told(world: World, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each block of the page printed, by its heading."""
    printed = {}
    with shell.opened(tmp_path_factory.mktemp("shell")) as reader:
        for heading, block in BLOCKS.items():
            if heading == "Check in":
                world.jump_to("S2")
            printed[heading] = reader.run(block, tokens(world))
    return printed


def test_the_page_leads_a_reader_from_the_claim_to_the_record(told: dict[str, str]) -> None:
    assert list(told) == [
        "Every request",
        "What may I claim?",
        "Claim",
        "Show, verify",
        "Enrol",
        "Check in",
        "Why?",
        "The record",
        "Asking again and again",
    ]


def test_each_line_of_the_page_does_what_it_says(told: dict[str, str]) -> None:
    assert '"name"' in told["Every request"]
    offers = {one["programme"]: one for one in json.loads(told["What may I claim?"])["offers"]}
    assert offers["social-training"]["open"]
    assert json.loads(told["Claim"])["vouchers"][0]["state"] == "CLAIMED"
    assert json.loads(told["Show, verify"])["state"] == "VERIFIED"
    assert '"state":"ENROLLED"' in told["Enrol"]
    assert json.loads(told["Check in"])["outcome"] == "good"
    assert json.loads(told["Why?"])["eligibility"]["recomputed"]
    assert '"entries":' in told["The record"]
    assert '"genuine":true' in told["The record"]
    assert told["Asking again and again"] == ""


def test_an_official_brings_a_file_as_the_page_for_officials_says(
    world: World, tmp_path: Path
) -> None:
    (block,) = blocks(paths.ROOT / "docs" / "files.md", "sh")
    given = tokens(world) | {"FILE": str(world.samples / "budgets.csv")}
    with shell.opened(tmp_path) as reader:
        told = reader.run(block, given)
    judged = json.loads(told.splitlines()[0].removesuffix("text/csv"))
    assert (judged["preview"], judged["applied"], judged["existed"]) == (True, 0, 2)
    assert told.endswith("text/csv\n")


def test_the_document_is_served_to_everybody_as_it_is_committed(world: World) -> None:
    served = requests.get(f"{world.api.url}/openapi.json", timeout=30)
    assert served.json() == json.loads((paths.ROOT / "docs/openapi.json").read_text("utf-8"))


def test_the_page_to_try_it_on_asks_nothing_of_anybody_else(world: World) -> None:
    page = requests.get(f"{world.api.url}/docs", timeout=30)
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "SwaggerUIBundle(" in page.text
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "bearer", "status", "code"),
    [
        ("/me", None, 401, "unauthenticated"),
        ("/me", "no.such.token", 401, "unauthenticated"),
        # No policy speaks of an address with a line feed in it.
        ("/vouchers/v%0Av", "WORKER", 403, "forbidden"),
        ("/no/such/address", "WORKER", 404, "not_found"),
    ],
)
def test_what_the_gateway_answers_by_itself_is_a_problem_like_any_other(
    world: World, path: str, bearer: str | None, status: int, code: str
) -> None:
    token = tokens(world).get(bearer, bearer) if bearer else None
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = requests.get(f"{world.api.url}{path}", headers=headers, timeout=30)
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, problem.status, problem.code) == (status, status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem.type == f"urn:voucher-city:problem:{code}"
    assert answer.headers["X-Request-Id"] == problem.request_id


def asker(route: Route, world: World) -> str | None:
    """Whose token a request to the route carries."""
    if route.public:
        return None
    named = tokens(world)
    if Right.WORKER in route.rights:
        return named["WORKER"]
    return named["DESK" if Right.VOUCHER_VERIFY in route.rights else "OFFICIAL"]


@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_answer_through_the_gateway_is_one_that_the_document_describes(
    told: dict[str, str], world: World, route: Route, mode: GenerationMode
) -> None:
    document = json.loads((paths.ROOT / "docs/openapi.json").read_text("utf-8"))
    operation = schemathesis.openapi.from_dict(document)[route.path][route.method]
    token, session = asker(route, world), requests.Session()
    made = 0

    @seed(2026)
    @campaign(SHARE)
    @given(operation.as_strategy(mode))
    def ask(case: Case) -> None:
        nonlocal made
        made += 1
        request = sent(case, world.api.url)
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        answer = session.send(request, timeout=60)
        case.validate_response(Response.from_requests(answer, verify=True), checks=CHECKS)

    ask()
    assert made >= SHARE
