"""What an app's dashboard hands to the home page and the pair page."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """One thing a person could do now. The page shows the most urgent first."""

    title: str
    sentence: str
    url: str
    button: str
    icon: str = "arrow-right"
    posts: bool = False  # the button does it at once, without a page between
    urgency: int = 50  # 0 is now, 100 is whenever
