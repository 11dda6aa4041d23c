from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from evenhand.kernel.encryption import CannotDecrypt
from evenhand.kernel.sealed_files import file_content, keep_file, remove_file

WORDS = b"Quarterly figures " * 100


def test_what_is_kept_comes_back_and_cannot_be_read_on_disk():
    kept = keep_file(WORDS, folder="evidence")

    assert file_content(kept) == WORDS
    assert b"Quarterly" not in Path(default_storage.path(kept.name)).read_bytes()


def test_each_file_has_a_name_and_a_key_of_its_own():
    one, other = (keep_file(WORDS, folder="evidence") for _n in range(2))

    assert one.name != other.name
    assert one.key != other.key
    with pytest.raises(CannotDecrypt):
        file_content(replace(one, key=other.key))


def test_an_altered_or_moved_file_does_not_open():
    kept = keep_file(WORDS, folder="evidence")
    path = Path(default_storage.path(kept.name))
    elsewhere = path.parent.parent / "values" / path.name
    elsewhere.parent.mkdir(exist_ok=True)
    elsewhere.write_bytes(path.read_bytes())
    raw = path.read_bytes()
    path.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))

    for moved in (kept, replace(kept, name=f"values/{path.name}")):
        with pytest.raises(CannotDecrypt):
            file_content(moved)


def test_a_file_is_removed_and_removing_it_again_is_no_problem():
    kept = keep_file(WORDS, folder="evidence")

    remove_file(kept.name)
    remove_file(kept.name)
    remove_file("")

    assert not default_storage.exists(kept.name)
