"""What robots.txt allows."""

from reportedly.acquire.robots import Robots

AGENT = "reportedly (civilian transparency tool)"


def test_the_rules_for_our_name_are_ours_and_the_star_is_for_the_rest() -> None:
    rules = Robots("User-agent: *\nDisallow: /\n\nUser-agent: reportedly\nDisallow: /private/\n", AGENT)
    assert rules.allows("https://a.example/news")
    assert not rules.allows("https://a.example/private/x")
    assert not Robots("User-agent: *\nDisallow: /\n", AGENT).allows("https://a.example/news")


def test_a_word_of_our_description_is_not_our_name() -> None:
    assert Robots("User-agent: tool\nDisallow: /\n", AGENT).allows("https://a.example/news")


def test_no_rules_allow_everything_and_ask_for_no_pause() -> None:
    assert Robots("", AGENT).allows("https://a.example/news")
    assert Robots("", AGENT).pause_s == 0.0


def test_the_longer_of_delay_and_rate_is_the_pause() -> None:
    assert Robots("User-agent: *\nCrawl-delay: 2.5\n", AGENT).pause_s == 2.5
    assert Robots("User-agent: *\nCrawl-delay: 1\nRequest-rate: 1/5\n", AGENT).pause_s == 5.0
    assert Robots("User-agent: *\nCrawl-delay: soon\n", AGENT).pause_s == 0.0
