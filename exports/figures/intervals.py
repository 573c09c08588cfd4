"""How far chance alone may have moved a rate."""

from math import sqrt

Z = 1.96  # of 95%


def interval(number: int) -> tuple[float, float]:
    """The least and the most deaths that 95% of such years would have, had the risk been what it seems (Byar's method,
    with which English public health publishes its rates)."""
    least = number * (1 - 1 / (9 * number) - Z / (3 * sqrt(number))) ** 3 if number else 0.0
    more = number + 1
    return max(least, 0.0), more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
