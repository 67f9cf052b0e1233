"""`emulator fixtures`: recipes made, inspected and validated."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from emulator.cli import main
from emulator.world.population import recipe_names

HANDLES = "allowed: a text of 1 to 100 characters without @: letters from a to z, digits, dots, underscores and dashes"
BAD = """\
creatorz: 3
posts: many
named_creators:
  - handle: M ia
    platforms: {Instgram: 5}
  - handle: leo
    platforms:
      Instagram: {folowers: 3}
    posts: 3
    posts: 4
objects:
  insightiq: {}
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["fixtures", *arguments])


@pytest.mark.parametrize("name", recipe_names())
def test_the_recipes_that_come_along_are_right(name: str) -> None:
    result = run("validate", name)
    assert (result.exit_code, result.stdout) == (0, f"nothing is wrong with {name}\n")


def test_all_that_is_wrong_is_told_with_line_field_and_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(BAD)
    result = run("validate", str(path))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}:1: creatorz: unknown key; did you mean 'creators'?",
        f"{path}:2: posts: is str 'many'; allowed: a whole number from 0 to 5000000",
        f"{path}:4: named_creators.0.handle: is str 'M ia'; {HANDLES}",
        f"{path}:5: named_creators.0.platforms.Instgram: is str 'Instgram'; did you mean 'Instagram'?",
        f"{path}:8: named_creators.1.platforms.Instagram.folowers: unknown key; did you mean 'followers'?",
        f"{path}:9: named_creators.1.posts: is there twice; one of them has to go",
    ]
    told = json.loads(run("validate", str(path), "--json").stdout)
    assert told[1] == {"path": str(path), "line": 2, "field": "posts", "message": told[1]["message"]}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("named_creators: [{name: A}]", "1: named_creators.0: lacks the key 'handle'"),
        (
            "named_creators: [{handle: a, platforms: {Spotify: 1}, posts: 3}]",
            "posts: is 3, and nothing can be posted on",
        ),
        ("named_creators: [{handle: a, platforms: {}}]", "platforms: is empty; leave it out for Instagram"),
        ("named_creators: [{handle: a, platforms: {TikTok: 1}, profiles: [{platform: TikTok}]}]", "beside profiles"),
        ("named_creators: [{handle: a, profiles: [{platform: TikTok}, {platform: TikTok}]}]", "two of them are on one"),
        (
            "named_creators: [{handle: a, country: FR, city: Berlin}]",
            "city: is 'Berlin', which is not in FR, but in DE",
        ),
        ("named_creators: [{handle: a, city: Berlim}]", "city: is str 'Berlim'; did you mean 'Berlin'?"),
        ("named_creators: [{handle: a, kind: brand, born: 2000-01-01}]", "born: is '2000-01-01', and only a person"),
        ("named_creators: [{handle: a, email: mia}]", "email: is str 'mia'; allowed: an e-mail address"),
        ("named_creators: [{handle: a, website: 5}]", "website: is int 5; allowed: an address of 1 to 2000"),
        ("named_creators: [{handle: a, connected: [TikTok]}]", "0.connected.TikTok: is no platform of the creator's"),
        ("named_creators: [{handle: a, connected: []}]", "connected: has no entries; allowed: 1 to"),
        (
            "named_creators: [{handle: a}, {handle: b, profiles: [{platform: Instagram, handle: A}]}]",
            "named_creators.1.handle: 'A' on Instagram is somebody else's before",
        ),
        (
            "named_creators:\n- {handle: a, platforms: {TikTok: 1}}\n- {handle: a, platforms: {TikTok: 1}}",
            "3: named_creators.1.handle: is 'a', as in entry 0; handles must differ",
        ),
        (
            "named_creators: [{handle: mia, platforms: {TikTok: 1}}]\nnamed_campaigns: [{name: x, creators: [mya]}]",
            "2: named_campaigns.0.creators.0: is 'mya', whom named_creators does not have; did you mean 'mia'?",
        ),
        ("named_campaigns: [{name: x, starts: 5, ends: 1}]", "ends: is 1; allowed: a time that is not before 5"),
        ("named_campaigns: [{name: x, starts: soon}]", "starts: is str 'soon'; allowed: a date such as"),
        ("named_creators: [{handle: a, platforms: {TikTok: 1}, topics: [fashoin]}]", "did you mean 'fashion'?"),
        ("named_creators: [{handle: a, platforms: {TikTok: 1}, country: XX}]", "country: is str 'XX'; allowed: "),
        ("named_creators: [{handle: a, platforms: {TikTok: 1}, born: 1800-01-01}]", "born: is str '1800-01-01'"),
        ("named_creators: [{handle: a, platforms: {TikTok: true}}]", "platforms.TikTok: is bool True"),
        ("named_creators: [{handle: a, platforms: {TikTok: 1}, connected: [Discord]}]", "connected"),
        ("named_creators: 5", "named_creators: is int 5; allowed: a list of creators"),
        ("objects: {insightiq: {users: [{}]}}", "objects.insightiq.users.0: "),
        ("creators: 1\ncreators: 2", "1: creators: is there twice"),
    ],
)
def test_every_mistake_is_told_at_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    result = run("validate", str(path))
    assert result.exit_code == 1
    assert complaint in result.stdout


def test_a_recipe_that_is_not_there_is_one_line() -> None:
    result = run("validate", "defualt")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert run("validate", "nowhere.yaml").stdout == "nowhere.yaml: cannot be read: No such file or directory\n"


def test_inspecting_tells_what_there_will_be() -> None:
    told = json.loads(run("inspect", "default", "--json").stdout)
    assert (told["creators"]["all"], told["posts"]["all"], told["users"]) == (60, 1500, 25)
    assert len(told["campaigns"]) == 4
    assert "creators.all" in run("inspect", "default", "--seed", "7").stdout
    assert run("inspect", "demo", "--epoch", "2026-05-01").stdout.startswith("epoch ")


def test_what_is_made_is_right_and_says_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    made = run(
        "make", str(path), "--creators", "3", "--posts", "9", "--clock", "frozen", "--named", "ada", "--named", "bo"
    )
    assert made.exit_code == 0, made.output
    content = yaml.safe_load(path.read_text())
    assert (content["creators"], content["posts"], content["clock"]) == (3, 9, "frozen")
    assert run("validate", str(path)).exit_code == 0
    told = json.loads(run("inspect", str(path), "--json").stdout)
    assert (told["named_creators"], told["creators"]["all"], told["posts"]["all"]) == (["ada", "bo"], 5, 29)


def test_making_writes_over_nothing_and_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    refused = run("make", str(path), "--creators", "-1")
    assert (refused.exit_code, path.exists()) == (2, False)
    assert "creators: is int -1" in refused.stderr
    path.write_text("kept")
    assert "is there" in run("make", str(path)).stderr
    assert path.read_text() == "kept"
    assert run("make", str(path), "--force", "--like", "empty").exit_code == 0
    assert "cannot be written" in run("make", str(tmp_path / "no" / "folder.yaml")).stderr


def test_what_only_the_seed_can_tell_is_one_line_too(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("brands: 2\nnamed_campaigns: [{name: Spring, brand: nobody}]")
    result = run("inspect", str(path))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "recipe.named_campaigns.0.brand: 'nobody' is not known; allowed: " in result.stderr
