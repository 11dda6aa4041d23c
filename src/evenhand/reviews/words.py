"""What an author says to a question: words, a rating, a choice, or that it cannot be rated."""

from dataclasses import dataclass
from os.path import commonprefix
from typing import Protocol

NUL = "\x00"


class Worded(Protocol):
    """An answer, or a former one."""

    text: str
    rating: int | None
    not_rated: bool
    choice: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str = ""
    rating: int | None = None
    not_rated: bool = False
    choice: str = ""

    @classmethod
    def of(cls, answer: Worded | None) -> "Words":
        if answer is None:
            return cls()
        return cls(answer.text, answer.rating, answer.not_rated, answer.choice)

    @property
    def length(self) -> int:
        """How much is written; blanks alone are nothing."""
        return len(self.text.strip())

    def cleaned(self) -> "Words":
        """Without what no database keeps, and with one kind of line end."""
        return Words(clean(self.text), self.rating, self.not_rated, clean(self.choice))

    def continues(self, former: "Words") -> bool:
        """Whether the former words are all still here and need no version of their own."""
        rated = former.rating is not None or former.not_rated
        return (
            was_only_added_to(former.text, self.text)
            and former.choice in ("", self.choice)
            and (not rated or (former.rating, former.not_rated) == (self.rating, self.not_rated))
        )


def clean(text: str) -> str:
    """Text as it is kept: NUL and half characters out, line ends as one sign."""
    whole = text.encode("utf-8", "replace").decode()
    return whole.replace(NUL, "").replace("\r\n", "\n").replace("\r", "\n")


def was_only_added_to(former: str, text: str) -> bool:
    """Whether the text is the former one with something put in at one place, or nothing."""
    same = len(commonprefix([former, text]))  # noqa: RUF071  # characters are meant
    return text[same:].endswith(former[same:])
