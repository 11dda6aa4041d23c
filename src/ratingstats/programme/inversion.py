"""From a test to an interval: the effects that the test would not reject."""

from collections.abc import Callable

HALVINGS = 40
FARTHEST = 1024.0


def not_rejected(
    p: Callable[[float], float], estimate: float, *, step: float, alpha: float
) -> tuple[float, float]:
    """Search both sides of `estimate` for where p(effect) falls to `alpha`.

    Infinite where it never does within 1024 steps: too few units can be told apart.
    """
    if step <= 0:
        return estimate, estimate
    return _edge(p, estimate, -step, alpha), _edge(p, estimate, step, alpha)


def _edge(p: Callable[[float], float], estimate: float, step: float, alpha: float) -> float:
    inside, far = 0.0, 1.0
    while p(estimate + far * step) > alpha:
        inside, far = far, 2 * far
        if far > FARTHEST:
            return float("inf") if step > 0 else float("-inf")
    for _ in range(HALVINGS):
        middle = (inside + far) / 2
        inside, far = (middle, far) if p(estimate + middle * step) > alpha else (inside, middle)
    return estimate + inside * step
