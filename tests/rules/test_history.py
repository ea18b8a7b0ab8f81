"""What an event says, and that those written by earlier versions keep their meaning."""

import json

from chalicelib.rules import history
from tests.builders import a_command


def test_an_event_tells_the_channel_it_came_through() -> None:
    (event,) = history.events(history.append((), "claim", "C", a_command(channel="alipay"), {}))
    assert event.channel == "alipay"


def test_an_event_without_a_channel_is_written_as_before_there_were_any() -> None:
    (text,) = history.append((), "expire", "EXPIRED", a_command(), {})
    assert "channel" not in json.loads(text)
    assert history.read(text).channel == ""
