"""The local cloud: one per folder, on 127.0.0.1 only, with all it writes in that folder.

What is deployed on it is deploy.py's affair; runs.py sweeps those that killed runs left.
"""

import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra import background, paths, scratch

REGION: Final = "us-east-1"
CREDENTIALS: Final = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
_NAME: Final = "cloud"
_PROGRAM: Final = Path(__file__).with_name("mended_cloud.py")
_READY_WITHIN_S: Final = 90
_SAVES_WITHIN_S: Final = 60


class CloudError(Exception):
    """The local cloud does not come up or go away; the message says what to do."""


@dataclass(frozen=True)
class Cloud:
    """A running local cloud; `pid` is its process group."""

    folder: Path
    port: int
    pid: int

    @property
    def endpoint_url(self) -> str:
        """Where every service of it answers."""
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to speak to this cloud."""
        return {
            **CREDENTIALS,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint_url,
        }


def start(folder: Path, port: int | None, keep: bool) -> Cloud:
    """Start a cloud in `folder`, on `port` or on a free one; with `keep` its data outlive it."""
    folder = folder.resolve()
    if background.runs(folder, _NAME):
        raise CloudError(f"a local cloud already runs in {folder}; end it first (make down)")
    python = paths.CLOUD_VENV / "bin" / "python"
    if not python.exists():
        raise CloudError(f"{python} is missing; run: make venv")
    chosen = port or free_port()
    refuse_taken(chosen)
    folder.mkdir(parents=True, exist_ok=True)
    environment = _environment(folder, chosen, keep, scratch.make(folder))
    background.launch(folder, _NAME, [str(python), "-P", str(_PROGRAM)], environment)
    _await_ready(folder, chosen)
    return Cloud(folder, chosen, background.group(folder, _NAME))


def stop(folder: Path, *, save: bool = False) -> None:
    """End the cloud of `folder`, if one runs; with `save` it first writes its data down."""
    background.end(folder, _NAME, gently_s=_SAVES_WITHIN_S if save else 0)
    scratch.remove(folder)


def runs(folder: Path) -> bool:
    """Whether a cloud runs in `folder`."""
    return background.runs(folder, _NAME)


def remove(folder: Path) -> None:
    """End the cloud of `folder` and remove the folder with all it held."""
    stop(folder)
    for _ in range(20):  # a worker that is just ending may still write
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)
    raise CloudError(f"{folder} cannot be removed; remove it by hand")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refuse_taken(port: int) -> None:
    """Raise CloudError where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise CloudError(
                f"port {port} of 127.0.0.1 is in use; end what listens there or choose another"
            ) from taken


def _environment(folder: Path, port: int, keep: bool, unpacked: Path) -> dict[str, str]:
    # Functions inherit it, so it starts empty: neither proxies nor the caller's paths get in.
    kept = {"PERSIST_STATE": "1", "S3_PERSIST": "1"} if keep else {}
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
        **CREDENTIALS,
        **kept,
        # Roles are enforced: a function may do only what its policy says, as on AWS.
        "AUTH": "true",
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "MINISTACK_HOST": "localhost",
        "MINISTACK_REGION": REGION,
        "PYTHONDONTWRITEBYTECODE": "1",
        "S3_DATA_DIR": str(folder / "files"),
        "STATE_DIR": str(folder / "state"),
        "TMPDIR": str(unpacked),
    }


def _await_ready(folder: Path, port: int) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < deadline and background.runs(folder, _NAME):
        with (
            suppress(OSError, urllib.error.URLError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/ready", timeout=2),
        ):
            return
        time.sleep(0.1)
    stop(folder)
    said = background.last_words(folder, _NAME)
    raise CloudError(f"the local cloud did not come up; it last said:\n{said}")
