"""Measures every gold set that concerns one document, and writes ``docs/quality.md``."""
