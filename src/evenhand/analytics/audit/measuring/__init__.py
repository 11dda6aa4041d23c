"""From ratings to numbers, one module for each question of the audit; nothing here is words."""
