"""A report as a file to keep: a page on its own, a PDF, a workbook."""
