"""What goes into the cells of files that people open in a spreadsheet."""

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it.
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(BEGIN_FORMULAS) else text
