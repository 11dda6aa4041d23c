"""The project speaks only of itself: no machine's paths, no registry's address."""

import re
import subprocess
from pathlib import Path

# A letter in brackets keeps this list from finding itself.
FOREIGN = re.compile(
    r"(?<![\w.])/(?:work|root|home|tmp|opt)/\w"
    r"|py[p]i\.org|python[h]osted|npm[j]s\.(?:org|com)|deb\.[d]ebian|index-[u]rl *="
)
# Sentences that came with a font, an icon or a licence are not ours to change.
NOT_OURS = {".woff2", ".svg", ".png", ".ico", ".xlsx"}


def tracked_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(name) for name in listed.stdout.split("\0") if name]


def foreign_words(path):
    if path.suffix in NOT_OURS or not path.exists():
        return []
    return FOREIGN.findall(path.read_text(encoding="utf-8", errors="replace"))


def test_no_file_names_anything_foreign():
    found = {str(path): foreign_words(path) for path in tracked_files()}

    assert {path: words for path, words in found.items() if words} == {}
