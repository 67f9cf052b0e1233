"""`emulator world`: worlds, made and looked at."""

from pathlib import Path
from typing import Any

import click

from emulator.commands.asking import Asking, asking, echo_json, read_json, worlds_beginning
from emulator.options import Failure, Moment, Rate, Requests
from emulator.world import instant

_COLUMNS = {
    "NAME": lambda world: world["name"],
    "RECIPE": lambda world: world["recipe"],
    "SEED": lambda world: world["seed"],
    "NOW": lambda world: world["clock"]["now"],
    "CLOCK": lambda world: world["clock"]["mode"],
    "NEXT DUE": lambda world: world["clock"]["next_due"],
}
_name = click.argument(
    "name", required=False, shell_complete=lambda context, _, begun: worlds_beginning(context, begun)
)


@click.group()
def world() -> None:
    """Worlds: isolated universes with a population, a clock and credentials of their own."""


@world.command("list")
@asking
def list_(ask: Asking) -> None:
    """List all worlds."""
    answer = ask.client.get("worlds")
    ask.show(answer, answer["data"], _COLUMNS)


@world.command()
@click.argument("name", required=False)
@click.option("--recipe", help="A recipe's name, or a file here, which is sent along.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Where all chance comes from.")
@click.option("--epoch", type=Moment(), help="When the world begins; otherwise the recipe says.")
@click.option("--clock", type=click.Choice(["running", "frozen"]), help="Whether time passes by itself.")
@click.option("--clock-rate", type=Rate(), help="World seconds a second.")
@click.option("--insightiq-limit", type=Requests(), help="Requests that InsightIQ takes in a second.")
@click.option("--archive-limit", type=click.Choice(["plan", "off"]), help="Whether Archive's plan limits version 2.")
@click.option("--storyclash-limit", type=click.Choice(["hourly", "setup", "off"]), help="Storyclash's rate limit.")
@click.option("--from", "source", metavar="WORLD", help="Go on from this world, instead of a recipe.")
@click.option("--snapshot", help="With --from: as it was at this snapshot.")
@click.option("--export", metavar="FILE|-", help="Go on from what `world export` printed, instead of a recipe.")
@asking
def create(
    ask: Asking,
    name: str | None,
    epoch: int | None,
    clock: str | None,
    clock_rate: float | None,
    insightiq_limit: int | str | None,
    archive_limit: str | None,
    storyclash_limit: str | None,
    source: str | None,
    snapshot: str | None,
    export: str | None,
    recipe: str | None,
    **plain: object,
) -> None:
    """Make a world; without a name the server makes one up, or the export has it."""
    origin = _given(world=source, snapshot=snapshot, export=None if export is None else read_json(export))
    if (source is not None and export is not None) or (snapshot is not None and source is None):
        raise Failure("say either --from with a world, and a --snapshot of it if you like, or --export with a file")
    moment = None if epoch is None else instant.rfc3339(epoch)
    plan = {
        **_given(name=name, epoch=moment, recipe=None if recipe is None else _recipe(recipe), **plain),
        "clock": _given(mode=clock, rate=clock_rate),
        "limits": _given(insightiq=insightiq_limit, archive=archive_limit, storyclash=storyclash_limit),
        **({"from": origin} if origin else {}),
    }
    ask.show_one(ask.client.post("worlds", body=plan))


def _recipe(given: str) -> Any:
    """A name, or what a file holds, which is checked here, where its lines are known."""
    from emulator.world.population import RecipeError, load_recipe, recipe_content

    if Path(given).name == given and not Path(given).suffix:
        return given
    try:
        load_recipe(given)
        return recipe_content(Path(given))
    except RecipeError as error:
        raise Failure(str(error)) from None


@world.command()
@_name
@asking
def show(ask: Asking, name: str | None) -> None:
    """Show a world with its credentials."""
    ask.show_one(ask.client.get("worlds", name or ask.world))


@world.command()
@_name
@asking
def export(ask: Asking, name: str | None) -> None:
    """Print a world as JSON, for `world create --export` of this or another emulator of the same version."""
    echo_json(ask.client.get("worlds", name or ask.world, "export"))


@world.command()
@_name
@asking
def reset(ask: Asking, name: str | None) -> None:
    """Put a world back to its beginning."""
    answer = ask.client.post("worlds", name or ask.world, "reset")
    ask.say(answer, f"{answer['name']} is as it was made: {answer['clock']['now']}")


@world.command()
@click.argument("name", shell_complete=lambda context, _, begun: worlds_beginning(context, begun))
@asking
def delete(ask: Asking, name: str) -> None:
    """Delete a world with all that is in it."""
    ask.client.delete("worlds", name)
    ask.say({"deleted": name}, f"{name} is deleted")


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
