"""What may know what: imports point one way, and time, chance and the database each have one door."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "emulator"

# From the ground up. A unit, which is a module or a package, imports from layers below its own, and nothing beside it.
LAYERS = (
    ("redaction", "refusal", "resources", "words"),
    ("contract", "world"),
    ("http", "settings"),
    ("exchange", "jobs", "options", "webhooks"),
    ("faults", "journal", "limits", "request_rate"),
    ("graphql", "logs", "rest", "ticker"),
    ("vendors",),
    ("control",),
    ("banner", "docs"),
    ("app",),
    ("calling", "connection", "inprocess"),
    ("client",),
    ("check", "commands", "environment", "server"),
    ("cli", "testing"),
    ("__main__",),
)
RANK = {unit: rank for rank, layer in enumerate(LAYERS) for unit in layer}

TIMES = {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns", "process_time"}
TIMES |= {"localtime", "gmtime", "clock_gettime", "clock_gettime_ns"}
CHANCE = {"random", "randint", "randrange", "choice", "choices", "shuffle", "sample", "uniform", "seed", "SystemRandom"}
CHANCE |= {"token_hex", "token_urlsafe", "token_bytes", "randbits", "randbelow", "uuid1", "uuid4", "urandom"}


@dataclass(frozen=True)
class Module:
    """A source file; `name` is without `emulator`, such as `world.store`."""

    name: str
    path: Path

    @property
    def unit(self) -> str:
        return self.name.partition(".")[0]

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text())

    def imports(self) -> Iterator[str]:
        """Full names, for `from a import b` both `a` and `a.b`; those within functions and for type checkers too."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.module, f"{self.name} has a relative import"
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def named(self) -> dict[str, str]:
        """What the names stand for that it imports from our packages, by our names."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom)]
        return {
            alias.asname or alias.name: f"{node.module}.{alias.name}".removeprefix("emulator.")
            for node in nodes
            for alias in node.names
        }

    def own(self) -> set[str]:
        """The modules of the package that it imports, by our names."""
        ours = (name.removeprefix("emulator.") for name in self.imports() if name.startswith("emulator."))
        return {name for name in ours if name in {module.name for module in modules()}}

    def asked(self, holders: set[str], names: set[str]) -> set[str]:
        """Which of the names it takes from one of these modules or classes: imported, or by way of a dot."""
        nodes = [node for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)]
        used = {*self.imports(), *(".".join(ast.unparse(node).split(".")[-2:]) for node in nodes)}
        return used & {f"{holder}.{name}" for holder in holders for name in names}


@cache
def modules() -> list[Module]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Module(name, path))
    return found


def offences(look: Callable[[Module], set[str]]) -> dict[str, set[str]]:
    """What a rule finds wrong, by module."""
    return {module.name: found for module in modules() if (found := look(module))}


def test_every_module_has_a_layer() -> None:
    assert {module.unit for module in modules()} - {""} == set(RANK), "say in LAYERS where it belongs"


def test_imports_point_downwards() -> None:
    def upwards(module: Module) -> set[str]:
        own = {name: name.partition(".")[0] for name in module.own()}
        rank = RANK.get(module.unit, -1)  # the package itself imports nothing, as everybody imports it
        return {name for name, unit in own.items() if unit not in ("", module.unit) and RANK[unit] >= rank}

    assert offences(upwards) == {}


def test_vendors_do_not_know_each_other() -> None:
    def strangers(module: Module) -> set[str]:
        family = ".".join(module.name.split(".")[:2])
        related = {name for name in module.own() if f"{name}.".startswith(f"{family}.")}
        return (
            {name for name in module.own() if name.startswith("vendors.")} - related
            if module.unit == "vendors"
            else set()
        )

    assert offences(strangers) == {}


def test_worlds_know_neither_vendors_nor_http() -> None:
    def known(module: Module) -> set[str]:
        ours = {name.partition(".")[0] for name in module.own()} if module.unit == "world" else set()
        return ours - {"", "world", "resources", "words"}

    assert offences(known) == {}


@cache
def handlers() -> set[str]:
    """The modules whose functions are bound to contracts, as the vendors' packages and the control API name them."""
    found = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "handlers_of":
                named = module.named()
                found |= {named[argument.id] for argument in node.args if isinstance(argument, ast.Name)}
    return found


def test_handlers_do_not_know_http() -> None:
    """They are functions of a world, or of the emulator's parts, and of validated arguments."""
    http = {"emulator.http", "emulator.exchange", "emulator.rest", "emulator.graphql", "http", "urllib.request"}
    http |= {"starlette", "fastapi", "uvicorn", "httptools", "asyncio", "socket"}

    def known(module: Module) -> set[str]:
        imported = {name for each in module.imports() for name in prefixes(each)}
        return http & imported if module.name in handlers() else set()

    assert {
        "vendors.insightiq.connect",
        "vendors.archive.partners.queries",
        "vendors.storyclash.campaigns",
    } <= handlers()
    assert offences(known) == {}


def prefixes(name: str) -> Iterator[str]:
    """`a.b.c` -> `a`, `a.b`, `a.b.c`."""
    parts = name.split(".")
    yield from (".".join(parts[: end + 1]) for end in range(len(parts)))


def test_only_one_module_asks_for_the_time() -> None:
    """Durations apart, which `app` and `webhooks.sending` measure. The records of `logs` bring their time along."""
    days = {"now", "utcnow", "today"}
    found = offences(lambda module: module.asked({"time"}, TIMES) | module.asked({"datetime", "date"}, days))
    assert found == {
        "world.instant": {"time.time_ns"},
        "app": {"time.perf_counter_ns"},
        "check.command": {"datetime.now"},
        "check.plugin": {"datetime.now"},
        "check.target": {"time.monotonic"},
        "webhooks.sending": {"time.perf_counter_ns"},
    }


def test_the_suite_knows_the_emulator_by_one_module_only() -> None:
    """Whatever it is pointed at is a server like any other."""
    ours = {"contract", "redaction", "refusal", "resources", "options", "check", "calling", "client"}

    def known(module: Module) -> set[str]:
        return {name for name in module.own() if name.partition(".")[0] not in {*ours, ""}}

    suite = {module.name: known(module) for module in modules() if module.unit == "check"}
    assert {name: found for name, found in suite.items() if found} == {"check.here": {"app", "inprocess", "settings"}}


def test_only_one_function_asks_for_the_time() -> None:
    (instant,) = [module for module in modules() if module.name == "world.instant"]
    functions = [node for node in ast.walk(instant.tree) if isinstance(node, ast.FunctionDef)]
    asking = [
        each.name
        for each in functions
        if any(isinstance(n, ast.Attribute) and n.attr == "time_ns" for n in ast.walk(each))
    ]
    assert asking == ["real_time"]


def test_nobody_sleeps_but_the_ticker() -> None:
    """And the inbox, where it imitates a slow receiver; and the suite, whose target may be any server."""
    assert offences(lambda module: module.asked({"time", "asyncio", "anyio"}, {"sleep"})) == {
        "check.target": {"time.sleep"},
        "ticker": {"asyncio.sleep"},
        "webhooks.receiving": {"asyncio.sleep"},
    }


def test_only_the_store_opens_the_database() -> None:
    """Others have tables and statements of SQLAlchemy Core, which it runs."""
    opening = {"sqlite3", "psycopg", "sqlalchemy.orm", "sqlalchemy.create_engine", "sqlalchemy.text"}

    def opened(module: Module) -> set[str]:
        called = {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
        return opening & {name for each in module.imports() for name in prefixes(each)} | called & {"exec_driver_sql"}

    assert set(offences(opened)) == {"world.store"}


def test_chance_comes_from_the_seed() -> None:
    """Except for names that are made up, and for what no answer depends on."""
    assert offences(lambda module: module.asked({"random", "secrets", "uuid", "os"}, CHANCE)) == {
        "check.values": {"secrets.token_hex"},
        "cli": {"secrets.token_urlsafe"},
        "contract.cache": {"uuid.uuid4"},
        "control.worlds": {"secrets.token_hex"},
        "world.worlds": {"secrets.randbits"},
        "world.origins": {"uuid.uuid4"},
        "world.store": {"uuid.uuid4"},
    }
    calls = [
        (module.name, node.func) for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.Call)
    ]
    seeded = {name for name, called in calls if isinstance(called, ast.Name) and called.id == "Random"}
    assert seeded
    assert all(name.startswith("world.population.") for name in seeded), "others get their source from there"


def test_modules_are_short() -> None:
    lengths = {module.name: len(module.path.read_text().splitlines()) for module in modules()}
    assert {name: length for name, length in lengths.items() if length > 250} == {}


def test_data_is_no_package() -> None:
    """`contracts` and `fixtures` are import names of others."""
    """But for the suite, whose files are pytest's, and belong to no package."""
    there = [path for folder in ("contracts", "fixtures") for path in (ROOT / folder).rglob("*.py")]
    assert {path.parent for path in there} == {ROOT / "contracts" / "suite"}
    assert not [path for path in there if path.name == "__init__.py"]


def imported_with(module: str) -> set[str]:
    """The top-level packages that are loaded with it, in a fresh interpreter."""
    program = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return set(shown.stdout.split())


SLOW = {"fastapi", "fastapi_offline", "faker", "jwt", "cryptography"}
DEVELOPERS = {"schemathesis", "hypothesis", "pytest", "httpx", "_pytest"}


def test_the_application_loads_no_more_than_it_needs() -> None:
    """What only some requests need is loaded with the first of them."""
    loaded = imported_with("emulator.app")
    assert "sqlalchemy" in loaded
    assert loaded & (SLOW | DEVELOPERS) == set()


def test_the_command_line_loads_no_server() -> None:
    loaded = imported_with("emulator.cli")
    assert "click" in loaded
    assert loaded & (SLOW | DEVELOPERS | {"uvicorn", "sqlalchemy", "graphql", "jsonschema_rs"}) == set()
