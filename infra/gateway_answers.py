"""The gateway's own answers on the local cloud, put there by hand.

AWS reads them from the API's definition, where SAM writes them; the local cloud does not. What
they say stands in template.yaml.
"""

from typing import Any

_STAGE = "v1"


def put(apigateway: Any, api_id: str, template: dict[str, Any]) -> None:
    """Give the API the template's GatewayResponses, and deploy its stage with them."""
    answers = template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"]
    for kind, answer in answers.items():
        status = {"statusCode": str(answer["StatusCode"])} if "StatusCode" in answer else {}
        apigateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            responseParameters={
                f"gatewayresponse.header.{name}": value
                for name, value in answer["ResponseParameters"]["Headers"].items()
            },
            responseTemplates=answer["ResponseTemplates"],
            **status,
        )
    apigateway.create_deployment(restApiId=api_id, stageName=_STAGE)
