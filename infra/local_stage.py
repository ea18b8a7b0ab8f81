"""What the local stage's functions have that no other stage's have, beside infra/local.yaml.

It is done to the copy that Chalice packages: the checkout's own policies stay as they are.
"""

import json
from pathlib import Path
from typing import Any

from infra import layer

# AWS asks for what a statement does, on its table (PartiQLInsert …); the local cloud asks for the
# name of the call, on everything.
_PARTIQL = {
    "Sid": "PartiQLOnTheLocalCloud",
    "Effect": "Allow",
    "Action": ["dynamodb:BatchExecuteStatement", "dynamodb:ExecuteStatement"],
    "Resource": "*",
}

# AWS asks for sqs:SendMessage whether one message is sent or ten; the local cloud for the call.
_SEND, _SEND_MANY = "sqs:SendMessage", "sqs:SendMessageBatch"


def adapt(chalice: Path) -> None:
    """Adapt the copied .chalice folder to this machine and to the local cloud."""
    config = chalice / "config.json"
    whole = json.loads(config.read_text())
    config.write_text(json.dumps(whole | {"lambda_architecture": layer.architecture()}))
    for path in chalice.glob("policy-*.json"):
        policy = json.loads(path.read_text())
        if _speaks_partiql(policy):
            policy["Statement"].append(_PARTIQL)
        for statement in policy["Statement"]:
            if _SEND in statement["Action"]:
                statement["Action"].append(_SEND_MANY)
        path.write_text(json.dumps(policy))


def _speaks_partiql(policy: dict[str, Any]) -> bool:
    return any(
        action.startswith("dynamodb:PartiQL")
        for statement in policy["Statement"]
        for action in statement["Action"]
    )
