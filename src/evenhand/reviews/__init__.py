"""What is written and decided in a cycle: reviews, answers, ratings, sign-off."""
