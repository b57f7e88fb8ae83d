"""The cascade that finds a page's body text, step by step."""

import json

import pytest

from reportedly.clean import CleanResources
from reportedly.clean.html import Body, find_body, parse_page
from reportedly.clean.jsonld import find_article, read_records

PROSE = "Rebels shelled the harbour of Port Ravel on Tuesday, officials said, and the navy denied it."
OTHER = "More than 200 people left the town over the weekend, according to the mayor, who asked for help."


def find(resources: CleanResources, body: str, data: object = None, title: str | None = None) -> Body | None:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    tree = parse_page(f"<html><head>{script}</head><body>{body}</body></html>")
    assert tree is not None
    return find_body(tree, read_records(tree), title, resources.furniture)


def test_furniture_and_teasers_are_left_out(resources: CleanResources) -> None:
    body = find(
        resources,
        f"<article><h1>Harbour shelled</h1><p>{PROSE}</p><p class='imageCaption'>Smoke over the harbour</p>"
        f"<div class='c-newsletterPromo'><p>Our best stories, every morning.</p></div><p>{OTHER}</p>"
        "<h3><a href='/a'>How the war came to the coast</a></h3><p>A town between two armies</p></article>",
        title="Harbour shelled",
    )
    assert body == Body(f"{PROSE}\n{OTHER}", "pruned")


def test_a_wrapper_with_a_telling_class_is_kept(resources: CleanResources) -> None:
    paragraphs = "".join(f"<p>{number}. {PROSE} {OTHER}</p>" for number in range(12))
    body = find(resources, f"<div class='article related share-enabled'>{paragraphs}</div>")
    assert body is not None
    assert body.text.count("Rebels shelled") == 12


def test_a_live_page_gives_its_own_text(resources: CleanResources) -> None:
    summary = f"{PROSE} {OTHER} {PROSE}"
    data = {
        "@type": "LiveBlogPosting",
        "articleBody": f"<p>{PROSE} {OTHER}</p><p>{PROSE}</p>",
        "liveBlogUpdate": [{"@type": "BlogPosting", "articleBody": "An update.", "datePublished": "2025-10-31"}],
    }
    body = find(resources, "".join(f"<p>{number} {OTHER}</p>" for number in range(30)), data)
    assert body is not None
    assert body.step == "live"
    assert body.text.replace("\n", " ") == summary


def test_the_publishers_copy_stands_in_where_markup_hides_the_text(resources: CleanResources) -> None:
    data = {"@type": "NewsArticle", "headline": "x", "articleBody": f"{PROSE}\n{OTHER}\n{PROSE}\n{OTHER}"}
    body = find(resources, "<div id='app'></div>", data)
    assert body is not None
    assert (body.step, body.text.split("\n")[1]) == ("told", OTHER)


@pytest.mark.parametrize("body", ["", "<p>Home</p>", "<ul>" + "<li>All about sailing</li>" * 30 + "</ul>"])
def test_pages_without_a_report(resources: CleanResources, body: str) -> None:
    assert find(resources, body) is None


def test_broken_data_is_skipped() -> None:
    tree = parse_page(
        "<script type='application/ld+json'>{broken</script>"
        '<script type="application/ld+json; charset=utf-8">'
        '{"@graph": [{"@type": ["Article"], "headline": "H"}]}</script>'
    )
    assert tree is not None
    records = read_records(tree)
    article = find_article(records)
    assert article is not None
    assert article["headline"] == "H"


def test_deep_data_ends() -> None:
    tree = parse_page('<script type="application/ld+json">' + "[" * 50_000 + "</script><p>x</p>")
    assert tree is not None
    assert read_records(tree) == ()
