"""What the law asks of the organization: so far, the privacy notices given to people and when."""
