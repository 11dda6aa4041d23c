"""What the ratings of a cycle depend on: asked for here, read here, and opened to others here."""
