class IterativeSystem:
    def __init__(self, eq, seed) -> None:
        pass
