"""The one error of this package."""


class Error(ValueError):
    """Says in one line what is wrong with the input and what to do."""
