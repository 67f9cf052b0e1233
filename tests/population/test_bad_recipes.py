"""A recipe that cannot be followed stops the start with one line that tells what to change."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from emulator import server
from emulator.cli import main


@pytest.fixture(autouse=True)
def _never_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recipe that is taken after all would be served until somebody stops it; and the log is left to pytest."""

    def served(*_arguments: object, **_options: object) -> None:
        raise click.ClickException("the recipe was taken")

    monkeypatch.setattr(server.WebServer, "run", served)
    monkeypatch.setattr("emulator.logs.configure", lambda _level: None)


def line_of(text: str, complaint: str) -> str:
    """As messages have it: of the field that they are about, if there are fields."""
    if complaint.startswith(("not YAML", "holds")):
        return ""
    field = text.index(complaint.partition(":")[0])
    return f"{text.count(chr(10), 0, field) + 1}:"


def serve(recipe: Path | str) -> Result:
    return CliRunner().invoke(main, ["serve", "--port", "0", "--recipe", str(recipe)])


def test_a_good_recipe_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text("creators: 1\nposts: 2\n")
    assert "the recipe was taken" in serve(path).stderr


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("creators: [", "not YAML: "),
        ("a: b: c", "not YAML: "),
        ("\x00", "not YAML: "),
        ("? [a]\n: b", "not YAML: "),
        ("creators: !!python/none", "not YAML: "),
        ("creators: !!bool maybe", "not YAML: "),
        ("creators: !!int many", "not YAML: "),
        ("creators: !!timestamp soon", "not YAML: "),
        ("creators: " + "9" * 5_000, "not YAML: "),
        ("creators: " + "[" * 5_000, "not YAML: "),
        ("", "holds nothing; a recipe is a mapping"),
        ("- creators", "holds list ['creators']; a recipe is a mapping"),
        ("creators", "holds str 'creators'; a recipe is a mapping"),
        ("creatorz: 5", "creatorz: unknown key; did you mean 'creators'?"),
        ("5: 5", "5: unknown key; allowed: epoch, clock"),
        ("creators: many", "creators: is str 'many'; allowed: a whole number from 0 to 200000"),
        ("creators: true", "creators: is bool True; allowed: a whole number"),
        ("creators: 1.0", "creators: is float 1.0; allowed: a whole number"),
        ("creators: -1", "creators: is int -1; allowed: a whole number"),
        ("creators: 200001", "creators: is int 200001; allowed: a whole number"),
        ("creators:", "creators: is nothing; allowed: a whole number"),
        ("later_posts: 1", "later_posts: is int 1; allowed: true, false"),
        ("history_days: 0", "history_days: is int 0; allowed: a whole number from 1 to 2920"),
        ("report_posts: 5", "report_posts: is int 5; allowed: a list of whole numbers"),
        ("report_posts: [0]", "report_posts: has the entry int 0; allowed: whole numbers from 1 to 5000000"),
        ("report_posts: [true]", "report_posts: has the entry bool True; allowed: whole numbers"),
        ("creators: 1\nposts: 4\nreport_posts: [3, 5]", "report_posts: has 5 with 4 posts; ask for more posts"),
        ("brands: 151", "brands: is int 151; allowed: a whole number from 0 to 150"),
        ("posts: 3", "posts: is 3 with 0 creators; posts need somebody who writes them"),
        ("platforms: [Instagram]", "platforms: is list ['Instagram']; allowed: a mapping"),
        ("platforms: {instagram: 1}", "platforms: unknown entry 'instagram'; did you mean 'Instagram'?"),
        ("platforms: {Facebook: 1}", "platforms: the weights of Instagram, TikTok, YouTube sum to 0"),
        ("platforms: {Instagram: -1}", "platforms: Instagram is int -1; allowed: a number from 0 to 1e9"),
        ("platforms: {Instagram: .nan}", "platforms: Instagram is float nan; allowed: a number from 0 to 1e9"),
        ("countries: {XX: 1}", "countries: unknown entry 'XX'"),
        ("countries: {NO: 1}", "countries: unknown entry False"),
        ("countries: {DE: 0}", "countries: the weights of all entries sum to 0"),
        ("countries: {}", "countries: the weights of all entries sum to 0"),
        ("epoch: yesterday", "epoch: is str 'yesterday'; allowed: today, or a time from 2020 to 2199"),
        ("epoch: 2019-12-31", "epoch: is str '2019-12-31'; allowed: today, or a time from 2020 to 2199"),
        ("epoch: 2200-01-01", "epoch: is str '2200-01-01'; allowed: today, or a time from 2020 to 2199"),
        ("clock: stopped", "clock: is str 'stopped'; allowed: running, frozen"),
        ("clock: [frozen]", "clock: is list ['frozen']; allowed: running, frozen"),
        ("clock_rate: 0", "clock_rate: is 0; allowed: a number above 0"),
        ("clock_rate: fast", "clock_rate: is str 'fast'; allowed: a number"),
        ("shops: 5", "shops: is int 5; allowed: a list of {id, name}"),
        ("shops: [{id: 1}]", "shops: has the entry dict {'id': 1}; allowed: {id: a whole number from 1 to"),
        ("shops: [{id: true, name: A}]", "shops: has the entry dict {'id': True, 'name': 'A'}"),
        ("shops: [{id: 9223372036854775808, name: A}]", "shops: has the entry dict {'id': 9223372036854775808"),
        ("shops: [{id: 1, name: ''}]", "shops: has the entry dict {'id': 1, 'name': ''}"),
        ("shops: [{id: 1, name: A, url: B}]", "shops: has the entry dict {'id': 1, 'name': 'A', 'url': 'B'}"),
        ("shops: [{id: 1, name: A}, {id: 1, name: B}]", "shops: two shops have the same id; ids must differ"),
    ],
)
def test_a_bad_recipe_is_one_line_with_file_place_and_remedy(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    ended = serve(path)
    assert ended.exit_code == 2
    where = f"{path}:{line_of(text, complaint)}"
    assert ended.stderr.startswith(f"emulator: {where} {complaint}")
    assert ended.stderr.count("\n") == 1
    assert ended.stdout == ""


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"name: \xe9", b"\x80"])
def test_a_recipe_that_is_not_text_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    ended = serve(path)
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"emulator: {path}: ")
    assert ended.stderr.count("\n") == 1


def test_a_recipe_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    ended = serve(tmp_path / "missing.yaml")
    assert (ended.exit_code, ended.stderr) == (
        2,
        f"emulator: {tmp_path / 'missing.yaml'}: cannot be read: No such file or directory\n",
    )


def test_a_folder_is_no_recipe(tmp_path: Path) -> None:
    assert serve(tmp_path).stderr == f"emulator: {tmp_path}: cannot be read: Is a directory\n"


def test_a_name_that_no_recipe_has_is_answered_with_those_there_are() -> None:
    ended = serve("defualt")
    assert ended.exit_code == 2
    known = "default, demo, empty, large, storyclash-large"
    assert ended.stderr == f"emulator: no recipe is called 'defualt'; there are: {known}\n"
