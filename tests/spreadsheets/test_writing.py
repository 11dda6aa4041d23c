import io

from python_calamine import CalamineWorkbook

from evenhand.spreadsheets.writing import Sheet, csv_lines, write_workbook


def test_the_lines_of_a_csv_file_begin_with_the_mark_of_utf_8():
    assert list(csv_lines(["Name", "=n"], [["=1+1", 0.5, None]])) == [
        "\ufeffName,'=n\r\n",
        "'=1+1,0.5,\r\n",
    ]


def test_sheets_hold_words_and_numbers():
    file = io.BytesIO()
    rows = [["=1+1", 0.5, 3], ["x" * 40_000, float("nan"), None]]

    write_workbook(file, [Sheet(["A", "B", "C"], rows, "First"), Sheet(["D"], [], "Second")])

    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    assert book.sheet_names == ["First", "Second"]
    first = book.get_sheet_by_name("First").to_python()
    assert first[:2] == [["A", "B", "C"], ["'=1+1", 0.5, 3.0]]
    assert (len(first[2][0]), first[2][1]) == (32_767, "nan")
