"""How fast, how large and how right the statistics of ratings are, beside other programs."""
