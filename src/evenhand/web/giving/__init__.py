"""Goals in bulk: one for many people, former ones anew, sheets in and out."""
