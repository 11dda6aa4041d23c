from random import Random


def seeded(seed):
    return Random(seed)  # noqa: S311  # chance that is to be the same every time
