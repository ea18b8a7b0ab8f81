"""Taking a dump of a stack's tables: their names come from the stack's outputs."""

from typing import Any

from chalicelib.store import dump
from chalicelib.store.dump import OWNERS, Dump
from ops.stack import StackOutputs


def take(outputs: StackOutputs, client: Any) -> Dump:
    """A dump of the city with these outputs, through a client of DynamoDB where it stands.

    Raises KeyError where the stack has not the tables of a city, else the client's errors.
    """
    return dump.read(client, {owner: outputs[f"{owner.capitalize()}Table"] for owner in OWNERS})
