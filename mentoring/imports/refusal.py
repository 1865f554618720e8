"""What is said of a file that cannot be used at all."""


class Refusal(ValueError):  # noqa: N818  (a refusal, not an error)
    """The message is fit to be shown to HR."""
