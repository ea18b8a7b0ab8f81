"""curl, as far as the docs use it, for a machine that has none."""

import argparse
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPErrorProcessor, Request, build_opener


class _AsItCame(HTTPErrorProcessor):
    def http_response(self, request: Request, response: object) -> object:
        return response


def main() -> int:
    """Sends the request; 22 where it was refused, as curl --fail-with-body has it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("-s", action="store_true")
    parser.add_argument("-d", dest="data")
    parser.add_argument("-H", dest="headers", action="append", default=[])
    parser.add_argument("-D", dest="dump")
    parser.add_argument("-o", dest="output")
    parser.add_argument("-T", dest="put")
    asked = parser.parse_args()
    headers = dict(header.split(": ", 1) for header in asked.headers)
    body = asked.data.encode() if asked.data else None
    if asked.put:
        body = Path(asked.put).read_bytes()
    method = "PUT" if asked.put else None
    try:
        answer = build_opener(_AsItCame).open(Request(asked.url, body, headers, method=method))
    except HTTPError as refused:
        answer = refused
    if asked.dump:
        sys.stdout.write("".join(f"{name}: {value}\r\n" for name, value in answer.headers.items()))
    if not asked.output:
        sys.stdout.write(answer.read().decode())
    return 22 if answer.status >= 400 else 0


if __name__ == "__main__":
    sys.exit(main())
