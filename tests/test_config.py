"""Settings: defaults, file, environment, in that order; what is wrong is named."""

from pathlib import Path

import pytest

from reportedly.config import _PATHS, Settings, read_settings
from reportedly.errors import ConfigError


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('processes = 3\nuser_agent = "desk"\n', encoding="utf-8")
    settings = read_settings(path, {"REPORTEDLY_PROCESSES": "1"})
    assert (settings.processes, settings.user_agent, settings.retries) == (1, "desk", Settings().retries)


def test_the_file_may_be_named_by_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("host_delay_s = 2.5\n", encoding="utf-8")
    assert read_settings(environ={"REPORTEDLY_CONFIG": str(path)}).host_delay_s == 2.5


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 1\n", "colour"),
        ('processes = "many"\n', "processes"),
        ("processes = \n", "TOML"),
        ("max_bytes = -1\n", "max_bytes"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=named):
        read_settings(path, {})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml"):
        read_settings(tmp_path / "none.toml", {})


def test_paths_may_be_written_as_text(tmp_path: Path) -> None:
    settings = read_settings(environ={"REPORTEDLY_CACHE_DIR": str(tmp_path), "REPORTEDLY_ACTORS": "~/actors.csv"})
    assert settings.cache_dir == tmp_path
    assert settings.actors == Path("~/actors.csv").expanduser()


def test_paths_in_a_file_start_from_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('actors = "lists/actors.csv"\nplaces = "/srv/places.csv"\n', encoding="utf-8")
    settings = read_settings(path, {"REPORTEDLY_CUES": "cues.toml"})
    assert settings.actors == tmp_path / "lists" / "actors.csv"
    assert settings.places == Path("/srv/places.csv")
    assert settings.cues == Path("cues.toml")


def test_a_wrong_value_is_laid_to_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("retries = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"^environment.*processes"):
        read_settings(path, {"REPORTEDLY_PROCESSES": "many"})
    path.write_text("retries = -1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"own\.toml.*retries"):
        read_settings(path, {"REPORTEDLY_PROCESSES": "1"})


def test_an_empty_variable_sets_nothing() -> None:
    assert read_settings(environ={"REPORTEDLY_ACTORS": "", "REPORTEDLY_RETRIES": ""}) == read_settings(environ={})


def test_every_setting_that_is_a_path_is_known_as_one() -> None:
    named = {name for name, kind in Settings.__annotations__.items() if "Path" in str(kind)}
    assert named == _PATHS
