"""The cache folder: the gazetteer index and fetched pages."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from reportedly.config import Settings
from reportedly.errors import ConfigError

_CACHED = ("gazetteer-*.sqlite*", "building-*", "http")
"""What is ours in the cache folder: indexes, what a broken build left, fetched pages."""


@click.group()
def cache() -> None:
    """Show or clear the cache folder: the gazetteer index and fetched pages."""


@cache.command()
@click.pass_obj
def show(settings: Settings) -> None:
    """Print the cache folder and what of ours is in it."""
    click.echo(settings.cache_dir)
    with _name_failure(settings.cache_dir):
        for path in _find_cached(settings.cache_dir):
            click.echo(f"  {path.name}  {_measure(path) / 1e6:.1f} MB")


@cache.command()
@click.pass_obj
def clear(settings: Settings) -> None:
    """Remove what is in the cache folder; it is made again when it is needed.

    Files that are not ours stay, so that a folder named by mistake loses nothing.
    """
    with _name_failure(settings.cache_dir):
        for path in _find_cached(settings.cache_dir):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _find_cached(folder: Path) -> list[Path]:
    return sorted(path for pattern in _CACHED for path in folder.glob(pattern))


@contextmanager
def _name_failure(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"{folder}: the cache folder cannot be used ({error.strerror}); check it, or set cache_dir"
        raise ConfigError(message) from error


def _measure(path: Path) -> int:
    return sum(item.stat().st_size for item in [path, *path.rglob("*")] if item.is_file())
