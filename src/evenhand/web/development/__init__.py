"""Development plans: one's own, those of one's people, and what is agreed in them."""
