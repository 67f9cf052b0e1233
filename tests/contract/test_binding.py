"""A contract that is broken, or that the handlers do not fit, stops the start with a message that names the place."""

import re
from types import ModuleType
from typing import Any

import pytest

from emulator.contract.binder import bind, handlers_of
from emulator.contract.document import ContractError, load
from emulator.graphql import Resolver, executable
from tests.contract.conftest import Contract

OPENAPI = """
openapi: 3.1.0
info: {title: Zoo, version: "1"}
paths:
  /animals/{id}:
    $ref: "paths.yaml#/animal"
"""

PATHS = """
animal:
  put:
    operationId: feed_animal
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: mealSize, in: query, schema: {type: integer, default: 3}}
      - {name: KEEPER-ID, in: header, schema: {type: integer}}
      - {name: from, in: query, schema: {type: string}}
    requestBody: {content: {application/json: {schema: {$ref: "schemas.yaml#/Food"}}}}
    responses: {"200": {description: Fed.}}
"""

SCHEMAS = """
Food: {type: object, properties: {fresh: {type: boolean, default: true}, next: {$ref: "#/Food"}}}
"""

ZOO = {"openapi": OPENAPI, "paths": PATHS, "schemas": SCHEMAS}


def feed_animal(world: Any, id: int, meal_size: int, keeper_id: int, from_: str, body: Any) -> None:
    """Takes what the contract says."""


def pet_animal(world: Any, id: int) -> None:
    """Takes less."""


def raises(*named: str) -> Any:
    """A ContractError whose message has these texts in it, in this order."""
    return pytest.raises(ContractError, match=".*".join(re.escape(text) for text in named))


def test_a_contract_that_is_answered_in_full_is_bound(contract: Contract) -> None:
    routes = bind(load(contract(**ZOO)), {"feed_animal": feed_animal})
    methods, path = routes.find("/animals/7")
    assert methods["PUT"].handler is feed_animal
    assert path == {"id": ["7"]}


def test_an_operation_without_handler_is_named(contract: Contract) -> None:
    with raises("Zoo", "operation feed_animal", "has no handler"):
        bind(load(contract(**ZOO)), {})


def test_a_handler_without_operation_is_named(contract: Contract) -> None:
    with raises("Zoo", "handler pet_animal", "has no operation"):
        bind(load(contract(**ZOO)), {"feed_animal": feed_animal, "pet_animal": pet_animal})


def test_an_argument_that_a_handler_does_not_take_is_named(contract: Contract) -> None:
    with raises("feed_animal", "body, from_, keeper_id, meal_size", "does not take"):
        bind(load(contract(**ZOO)), {"feed_animal": pet_animal})


def test_an_argument_that_is_not_in_the_contract_is_named(contract: Contract) -> None:
    def greedy(world: Any, id: int, meal_size: int, keeper_id: int, from_: str, body: Any, mood: str) -> None:
        """Takes more."""

    with raises("feed_animal", "mood", "not in the contract"):
        bind(load(contract(**ZOO)), {"feed_animal": greedy})


def test_an_operation_id_that_stands_twice_is_named(contract: Contract) -> None:
    openapi = OPENAPI + """\n  /pets/{id}:\n    $ref: "paths.yaml#/animal"\n"""
    with raises("Zoo", "operation feed_animal", "twice"):
        bind(load(contract(**ZOO | {"openapi": openapi})), {"feed_animal": feed_animal})


def test_an_operation_without_id_is_named(contract: Contract) -> None:
    paths = PATHS.replace("    operationId: feed_animal\n", "")
    with raises("PUT /animals/{id}", "operationId"):
        bind(load(contract(**ZOO | {"paths": paths})), {"feed_animal": feed_animal})


def test_a_parameter_in_a_place_that_is_not_served_is_named(contract: Contract) -> None:
    with raises("KEEPER-ID"):
        bind(load(contract(**ZOO | {"paths": PATHS.replace("in: header", "in: cookie")})), {"feed_animal": feed_animal})


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("openapi", "#/animal", "#/plant", ("openapi.yaml #/paths//animals/{id}", "paths.yaml#/plant")),
        ("openapi", "paths.yaml", "ways.yaml", ("openapi.yaml #/paths//animals/{id}", "ways.yaml#/animal")),
        ("paths", "#/Food", "#/Drink", ("paths.yaml", "schemas.yaml#/Drink")),
        ("schemas", "#/Food", "#/Drink", ("schemas.yaml", "schemas.yaml#/Drink")),
        ("paths", "schemas.yaml#/Food", "schemas.yaml#/Food/type/x", ("paths.yaml", "schemas.yaml#/Food/type/x")),
    ],
)
def test_a_broken_reference_is_named_with_the_file_it_stands_in(
    contract: Contract, file: str, old: str, new: str, named: tuple[str, ...]
) -> None:
    with raises("broken $ref", named[1]) as caught:
        load(contract(**ZOO | {file: ZOO[file].replace(old, new)}))
    assert named[0] in str(caught.value)


@pytest.mark.parametrize("file", ZOO)
@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\t", "a: !!python/object:os.system {}", "a: \x07"])
def test_malformed_yaml_is_named_by_its_file(contract: Contract, file: str, text: str) -> None:
    with raises(f"{file}.yaml"):
        load(contract(**ZOO | {file: text}))


def test_only_the_public_functions_that_a_module_itself_defines_are_handlers() -> None:
    module = ModuleType("zoo")
    exec("import json\nfrom json import dumps\ndef feed(): ...\ndef _hide(): ...\nclass Cage: ...", vars(module))
    assert list(handlers_of(module)) == ["feed"]


SDL = """
type Query { animalNames(from: Int): [String!]!  cages: Int }
"""


def animal_names(context: Any, from_: int | None = None) -> list[str]:
    return ["Ada"]


def cages(context: Any) -> int:
    return 1


RESOLVERS: dict[str, Resolver] = {"animal_names": animal_names, "cages": cages}


def test_a_root_field_without_resolver_is_named() -> None:
    with raises("Query", "animal_names", "has no resolver"):
        executable("zoo.graphql", SDL, {"cages": cages})


def test_a_resolver_without_root_field_is_named() -> None:
    with raises("zoo.graphql", "resolver walls", "has no field"):
        executable("zoo.graphql", SDL, RESOLVERS | {"walls": cages})


def test_a_root_type_without_any_resolvers_is_named() -> None:
    with raises("Mutation", "feed", "has no resolver"):
        executable("zoo.graphql", SDL + "type Mutation { feed(id: Int): Boolean }", RESOLVERS)


def test_a_resolver_that_takes_other_arguments_is_named() -> None:
    with raises("animal_names", "from_"):
        executable("zoo.graphql", SDL, RESOLVERS | {"animal_names": cages})


@pytest.mark.parametrize("text", ["type Query {", "type Query { cages: Cage }", "type Zoo { cages: Int }"])
def test_a_broken_graphql_schema_is_named_by_its_file(text: str) -> None:
    with raises("zoo.graphql"):
        executable("zoo.graphql", text, {"cages": cages})
