import pytest
from tests.ops import city_at_rest as c
from ops.check import report
@pytest.mark.usefixtures("aws_city")
def test_x():
    c.found_city(); print(c.teach())
    r = report(c.taken()); print(r); assert not r.breaches
