"""graphql-ruby in a process of its own, which answers queries one by one."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("oracle.rb")


def missing() -> str | None:
    """Why there is no oracle on this machine, if there is none."""
    if shutil.which("ruby") is None:
        return "there is no ruby: apt-get install ruby ruby-graphql"
    found = subprocess.run(["ruby", "-e", "require 'graphql'; print GraphQL::VERSION"], capture_output=True, text=True)
    if found.returncode:
        return "there is no graphql-ruby: apt-get install ruby-graphql"
    if not found.stdout.startswith("1.13."):
        return f"graphql-ruby is {found.stdout}, and the comparison is with 1.13"
    return None


class Oracle:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def tell(self, given: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(given) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def ask(self, query: str | None, variables: dict[str, Any], name: str | None = None) -> dict[str, Any]:
        return self.tell({"query": query, "variables": variables, "operationName": name})


@contextmanager
def oracle(sdl: str, data: dict[str, Any], cap: int) -> Iterator[Oracle]:
    command = ["ruby", "-W0", str(PROGRAM)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        started = Oracle(process)
        assert started.tell({"sdl": sdl, "data": data, "cap": cap})["version"].startswith("1.13.")
        yield started
        assert process.stdin is not None
        process.stdin.close()
