"""`emulator world`: worlds, made and looked at."""

from pathlib import Path
from typing import Any

import click

from emulator.commands.asking import WORLDS, Asking, asking
from emulator.commands.choosing import given, read_json, with_pairs
from emulator.commands.contents import Group
from emulator.commands.kept import kept
from emulator.commands.showing import echo_json, text
from emulator.options import Failure, Moment, Rate, Requests
from emulator.world import instant

_COLUMNS = {
    "NAME": "name",
    "SEED": "seed",
    "NOW": "clock.now",
    "CLOCK": "clock.mode",
    "NEXT DUE": "clock.next_due",
    "RECIPE": "recipe",
}
_name = click.argument("name", required=False, shell_complete=WORLDS)


@click.group(cls=Group)
def world() -> None:
    """Worlds, made and looked at.

    Each is an isolated universe with a population, a clock and credentials of its own.
    """


@world.command("list")
@asking
def list_(ask: Asking) -> None:
    """List all worlds."""
    answer = ask.client.get("worlds")
    ask.show(answer, answer["data"], _COLUMNS, "worlds")


def _recipes(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    from emulator.world.population import recipe_names

    return [name for name in recipe_names() if name.startswith(begun)]


@world.command()
@click.argument("name", required=False)
@click.option("--recipe", help="A recipe's name, or a file here, which is sent along.", shell_complete=_recipes)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Where all chance comes from.")
@click.option("--epoch", type=Moment(), help="When the world begins; otherwise the recipe says.")
@click.option("--clock", type=click.Choice(["running", "frozen"]), help="Whether time passes by itself.")
@click.option("--clock-rate", type=Rate(), help="World seconds a second.")
@click.option("--insightiq-limit", type=Requests(), help="Requests that InsightIQ takes in a second.")
@click.option("--archive-limit", type=click.Choice(["plan", "off"]), help="Whether Archive's plan limits version 2.")
@click.option("--storyclash-limit", type=click.Choice(["hourly", "setup", "off"]), help="Storyclash's rate limit.")
@click.option(
    "--choice",
    "choices",
    metavar="VENDOR.NAME=VALUE",
    multiple=True,
    help="What else is to hold, as in `world choices`; can be given several times.",
)
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
    choices: tuple[str, ...],
    source: str | None,
    snapshot: str | None,
    export: str | None,
    recipe: str | None,
    **plain: object,
) -> None:
    """Make a world; without a name the server makes one up, or the export has it."""
    origin = given(world=source, snapshot=snapshot, export=None if export is None else read_json(export))
    if (source is not None and export is not None) or (snapshot is not None and source is None):
        raise Failure("say either --from with a world, and a --snapshot of it if you like, or --export with a file")
    moment = None if epoch is None else instant.rfc3339(epoch)
    plan = {
        **given(name=name, epoch=moment, recipe=None if recipe is None else _recipe(recipe), **plain),
        "clock": given(mode=clock, rate=clock_rate),
        "limits": given(insightiq=insightiq_limit, archive=archive_limit, storyclash=storyclash_limit),
        "choices": with_pairs({}, choices),
        "from": origin,
    }
    ask.show_one(ask.client.post("worlds", body={key: value for key, value in plan.items() if value != {}}))


def _recipe(asked: str) -> Any:
    """A name, or what a file holds, which is checked here, where its lines are known."""
    from emulator.world.population import RecipeError, load_recipe, recipe_content

    if Path(asked).name == asked and not Path(asked).suffix:
        return asked
    try:
        load_recipe(asked)
        return recipe_content(Path(asked))
    except RecipeError as error:
        raise Failure(str(error)) from None


@world.command()
@_name
@asking
def show(ask: Asking, name: str | None) -> None:
    """Show a world with its credentials."""
    ask.show_one(ask.of(name).get())


@world.command()
@_name
@asking
def export(ask: Asking, name: str | None) -> None:
    """Print a world as JSON, for `world create --export` of this or another emulator of the same version."""
    echo_json(ask.of(name).get("export"))


@world.command()
@_name
@asking
def reset(ask: Asking, name: str | None) -> None:
    """Put a world back to its beginning."""
    answer = ask.of(name).post("reset")
    ask.say(answer, f"{answer['name']} is as it was made, at {text(answer['clock']['now'])}")


@world.command()
@click.argument("name", shell_complete=WORLDS)
@asking
def delete(ask: Asking, name: str) -> None:
    """Delete a world with all that is in it."""
    ask.of(name).delete()
    ask.say({"deleted": name}, f"{name} is deleted")


world.add_command(kept("choices", "What was chosen where a vendor leaves it open.", "archive.plan=startup"))
