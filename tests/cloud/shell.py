"""A reader's shell: runs the blocks of a page in order, and what one sets the next one finds."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

_CURL = Path(__file__).with_name("curl.py")
_END = "\x1e"


@dataclass(frozen=True)
class Shell:
    """One `sh`, alive from block to block."""

    process: "subprocess.Popen[str]"
    complaints: Path

    def run(self, block: str, variables: Mapping[str, str]) -> str:
        """What the block prints; AssertionError where a line of it fails."""
        assert self.process.stdin
        assert self.process.stdout
        pasted = "".join(f"{name}={quote(value)}\n" for name, value in variables.items())
        self.process.stdin.write(f"{pasted}{block}\nprintf '\\036'\n")
        self.process.stdin.flush()
        printed = ""
        while not printed.endswith(_END):
            letter = self.process.stdout.read(1)
            assert letter, f"{block}\n{printed}\n{self.complaints.read_text()}"
            printed += letter
        return printed.removesuffix(_END)


@contextmanager
def opened(folder: Path) -> Iterator[Shell]:
    """A shell in which a refused request ends everything."""
    # A reader sees a refusal; a test must not pass over it.
    (folder / ".curlrc").write_text("fail-with-body\n")
    if not shutil.which("curl"):
        stand_in = folder / "curl"
        stand_in.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{_CURL}" "$@"\n')
        stand_in.chmod(0o755)
    complaints = folder / "complaints"
    here = {
        "PATH": f"{folder}:{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "CURL_HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    with (
        complaints.open("w") as stderr,
        subprocess.Popen(
            ["sh", "-e"],
            env=here,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            encoding="utf-8",
        ) as process,
    ):
        yield Shell(process, complaints)
