"""`emulator fixtures`: recipes, written, looked at and checked; no server is asked."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from emulator.commands.contents import Group
from emulator.commands.showing import echo_json, listing
from emulator.options import Failure, Moment
from emulator.world import instant

if TYPE_CHECKING:
    from emulator.world.population import Cast, Problem, Recipe

_COUNTS = ("creators", "posts", "brands", "campaigns", "market_reports", "connected_users", "history_days")
_HEADER = "# A recipe: what a world is made of. Every field is described in docs/recipes.md.\n"


@click.group(cls=Group)
def fixtures() -> None:
    """Recipes: what worlds are made of."""


@fixtures.command()
@click.argument("recipes", nargs=-1, required=True, metavar="RECIPE...")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def validate(recipes: tuple[str, ...], as_json: bool) -> None:
    """Say all that is wrong with recipes, each by name or file. The exit code is 1 if anything is."""
    found = [problem for recipe in recipes for problem in _problems(recipe)]
    if as_json:
        echo_json([_shown(problem) for problem in found])
    else:
        click.echo("\n".join(str(problem) for problem in found) or f"nothing is wrong with {', '.join(recipes)}")
    if found:
        raise click.exceptions.Exit(1)


@fixtures.command()
@click.argument("recipe")
@click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), default=1, show_default=True, help="Where chance comes from."
)
@click.option("--epoch", type=Moment(), help="When the world begins; otherwise the recipe says.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def inspect(recipe: str, seed: int, epoch: int | None, as_json: bool) -> None:
    """Say what a world of this RECIPE, a name or a file, is made of."""
    from emulator.world.population import RecipeError, populate  # imported here, as people's names take a while

    read = _read(recipe)
    begins = read.epoch if epoch is None else instant.to_datetime(epoch)
    try:
        told = _told(populate(read, seed, begins or datetime.fromtimestamp(instant.real_time() // 10**6, UTC)))
    except RecipeError as error:  # what only the seed tells, such as a brand's handle
        raise Failure(str(error)) from None
    if as_json:
        echo_json(told)
    else:
        click.echo(listing(told))


@fixtures.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--like", default="default", show_default=True, help="The recipe, a name or a file, to begin with.")
@click.option("--epoch", help="When the world begins: today, or a moment.")
@click.option("--clock", type=click.Choice(["running", "frozen"]), help="Whether time passes by itself.")
@click.option("--creators", type=int, help="How many creators.")
@click.option("--posts", type=int, help="How many posts.")
@click.option("--brands", type=int, help="How many brands.")
@click.option("--campaigns", type=int, help="How many campaigns.")
@click.option("--market-reports", type=int, help="How many market reports.")
@click.option("--connected-users", type=int, help="How many users.")
@click.option("--history-days", type=int, help="How far posts go back.")
@click.option("--named", multiple=True, metavar="HANDLE", help="A creator to be named; can be given several times.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def make(file: Path, like: str, named: tuple[str, ...], force: bool, **said: Any) -> None:
    """Write a recipe to FILE, for you to go on with."""
    import yaml

    from emulator.world.population import recipe_path

    if file.exists() and not force:
        raise Failure(f"{file} is there; name another file, or write over it with --force")
    _read(like)
    content = yaml.safe_load(recipe_path(like).read_text()) | {key: it for key, it in said.items() if it is not None}
    if isinstance(content.get("epoch"), datetime):
        content["epoch"] = content["epoch"].astimezone(UTC).isoformat().replace("+00:00", "Z")
    if named:
        content["named_creators"] = [_star(handle) for handle in named]
    written = _HEADER + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None)
    _check(written)
    _write(file, written)
    click.echo(f"{file} is written; try it with: emulator fixtures inspect {file}")


def _write(file: Path, written: str) -> None:
    try:
        file.write_text(written)
    except OSError as error:
        raise Failure(f"{file}: cannot be written: {error.strerror}") from None


def _check(written: str) -> None:
    """Before anything of the user's is touched."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "recipe.yaml"
        draft.write_text(written)
        for problem in _problems(str(draft)):
            raise Failure(f"{'.'.join(str(step) for step in problem.place)}: {problem.message}")


def _star(handle: str) -> dict[str, Any]:
    return {"handle": handle, "platforms": {"Instagram": 12_000, "TikTok": 5_000}, "posts": 10, "connected": True}


def _problems(name_or_path: str) -> list[Problem]:
    """What is wrong with its fields, or with the objects that it brings along."""
    from emulator.vendors import archive, insightiq, storyclash
    from emulator.world import own
    from emulator.world.population import Problem, RecipeError, read_recipe, recipe_path

    try:
        path = recipe_path(name_or_path)
    except RecipeError as error:
        raise Failure(str(error)) from None
    recipe, problems = read_recipe(path)
    if recipe is None or not recipe.objects:
        return problems
    kinds = {each.VENDOR.name: each.VENDOR.objects for each in (insightiq, archive, storyclash)}
    return [Problem.at(path, place, told) for place, told in own.problems(recipe, kinds)]


def _read(name_or_path: str) -> Recipe:
    from emulator.world.population import RecipeError, load_recipe

    try:
        return load_recipe(name_or_path)
    except RecipeError as error:
        raise Failure(str(error)) from None


def _shown(problem: Problem) -> dict[str, Any]:
    place = ".".join(str(step) for step in problem.place)
    return {"path": str(problem.path), "line": problem.line, "field": place or None, "message": problem.message}


def _told(cast: Cast) -> dict[str, Any]:
    posts = [post for creator in cast.creators for post in cast.posts_of(creator)]
    accounts = [account for user in cast.users for account in user.accounts]
    return {
        "epoch": instant.rfc3339(instant.from_datetime(cast.epoch)),
        "clock": cast.recipe.clock,
        "creators": {"all": len(cast.creators), **Counter(creator.kind for creator in cast.creators)},
        "profiles": dict(Counter(profile.platform for creator in cast.creators for profile in creator.profiles)),
        "posts": {"all": len(posts), **Counter(post.platform for post in posts)},
        "brands": len(cast.brands),
        "campaigns": [campaign.name for campaign in cast.campaigns],
        "users": len(cast.users),
        "accounts": {"all": len(accounts), **Counter(account.status for account in accounts)},
        "shops": [shop.id for shop in cast.recipe.shops],
        "named_creators": [creator["handle"] for creator in cast.recipe.named_creators],
        "objects": {
            vendor: {kind: len(all_) for kind, all_ in kinds.items()} for vendor, kinds in cast.recipe.objects.items()
        },
    }
