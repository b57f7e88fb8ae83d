"""What a site's robots.txt allows us."""

from protego import Protego


class Robots:
    """The rules of one site for us.

    Attributes:
        pause_s: Seconds that it asks for between two requests; 0 where it asks for none.
    """

    def __init__(self, text: str, user_agent: str) -> None:
        """Parse a robots.txt; an empty text allows everything.

        Args:
            text: The file.
            user_agent: What we call ourselves; the rules are looked up by its first word, the product's name.
        """
        self._rules = Protego.parse(text)
        self._agent = user_agent.replace("/", " ").split()[0] if user_agent.strip() else "*"
        rate = self._rules.request_rate(self._agent)
        self.pause_s = max(self._rules.crawl_delay(self._agent) or 0.0, rate.seconds / rate.requests if rate else 0.0)

    def allows(self, url: str) -> bool:
        """Say whether a page may be fetched."""
        return bool(self._rules.can_fetch(url, self._agent))
