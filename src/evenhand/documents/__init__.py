"""A report as a file to keep: a page on its own, a PDF, a workbook.

`pages.page_of(report)`, `pdf.pdf_of(report)` and `workbooks.workbook_of(report)` say the same in
three ways; `showing.shown(report)` is what a page of the web puts into `documents/parts/`.
"""
