"""`emulator creator`: somebody with an audience, made for a test."""

from typing import Any

import click

from emulator.commands.asking import Asking, asking
from emulator.commands.choosing import given, order, source
from emulator.commands.contents import Group
from emulator.options import Failure


@click.group(cls=Group)
def creator() -> None:
    """Creators with exactly the properties that you need."""


@creator.command()
@click.argument("handle", required=False)
@click.option("--name", help="Full name.")
@click.option("--followers", type=click.IntRange(0), help="Followers on Instagram.")
@click.option(
    "--profile",
    "profiles",
    metavar="PLATFORM=FOLLOWERS",
    multiple=True,
    help="A presence on a platform, the main one first; can be given several times.",
)
@click.option("--kind", type=click.Choice(["influencer", "brand", "media"]), help="A person, a brand, a magazine.")
@click.option("--country", help="Country of residence, such as FR.")
@click.option("--city", help="City of residence.")
@click.option("--language", help="Language of what is written, such as fr.")
@click.option("--topic", "topics", multiple=True, help="What it is about; can be given up to three times.")
@click.option("--gender", type=click.Choice(["FEMALE", "MALE", "OTHER"]), help="Gender of a person.")
@click.option("--born", metavar="DATE", help="Birthday of a person.")
@click.option("--email", help="Address for business.")
@click.option("--tracked/--untracked", default=None, help="Whether Archive captures what is published.")
@source
@asking
def make(ask: Asking, source: str | None, followers: int | None, profiles: tuple[str, ...], **options: Any) -> None:
    """Make a creator; what is left open, the world's seed decides.

    \b
    emulator creator make mia.moreau --followers 48200 --country FR
    emulator creator make mia.moreau --profile TikTok=120000 --profile Instagram=48200
    """
    if followers is not None and profiles:
        raise Failure("say either --followers, which are on Instagram, or --profile, such as Instagram=48200")
    on = [{"platform": "Instagram", "followers": followers}] if followers is not None else [*map(_profile, profiles)]
    ask.show_one(ask.post("creators", body=order(source, **given(**options, profiles=on or None))))


def _profile(pair: str) -> dict[str, Any]:
    """Followers may be left out."""
    platform, separator, followers = pair.partition("=")
    if separator and not followers.isdecimal():
        raise Failure(f"--profile {pair}: is not of the form PLATFORM=FOLLOWERS, such as TikTok=120000")
    return {"platform": platform, **({"followers": int(followers)} if separator else {})}
