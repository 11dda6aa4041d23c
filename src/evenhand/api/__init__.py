"""The API for machines: the same policies as the pages, JSON in and out, problems said in words."""
