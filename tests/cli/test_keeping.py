import pytest

from evenhand.cli.keeping import Unwritable, check_places, keep_all


def test_all_files_are_written_over_what_was_there(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"before")

    keep_all({old: b"a", new: b"b"})

    assert (old.read_bytes(), new.read_bytes()) == (b"a", b"b")
    assert {path.name for path in tmp_path.iterdir()} == {"old", "new"}


def test_when_one_cannot_be_written_none_is(tmp_path):
    first, second = tmp_path / "first", tmp_path / "not-there" / "second"

    with pytest.raises(Unwritable):
        keep_all({first: b"a", second: b"b"})

    assert list(tmp_path.iterdir()) == []


def test_a_link_to_the_source_is_the_source(tmp_path):
    source, link, hard = (tmp_path / name for name in ("source", "link", "hard"))
    source.write_bytes(b"ratings")
    link.symlink_to(source)
    hard.hardlink_to(source)

    for place in (source, link, hard):
        with pytest.raises(Unwritable, match="the file you audit"):
            check_places([place], source=source)


def test_a_folder_is_no_place_for_a_file(tmp_path):
    with pytest.raises(Unwritable, match="cannot write"):
        check_places([tmp_path], source=tmp_path / "source")
