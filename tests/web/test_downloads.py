import io
from datetime import date

from python_calamine import CalamineWorkbook

from evenhand.web.downloads import download

ROWS = [["=1+1", "Ada", 3, date(2026, 11, 22), None], ["@x", "", -2, None, "a\0b"]]


def test_a_csv_file_says_that_it_is_utf_8():
    answer = download("Größe: 2026", ["Name", "=n"], ROWS)

    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffName,'=n\r\n'=1+1,Ada,3,2026-11-22,\r\n")
    assert answer["Content-Disposition"] == 'attachment; filename="groe-2026.csv"'


def test_an_excel_file_holds_words_and_numbers():
    answer = download("Table", ["A", "B", "C", "D", "E"], ROWS, kind="xlsx")

    file = io.BytesIO(b"".join(answer.streaming_content))
    answer.close()
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["'=1+1", "Ada", 3.0]
