"""A report as JSON text and back, exactly.

What stands in the text follows from the dataclasses of `report`; only a block says its own name,
as there are several kinds of it.
"""

import json
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from evenhand.analytics.report import Block, Report

KIND = "block"
BLOCKS: dict[str, type[Any]] = {block.__name__: block for block in get_args(Block)}
_known_hints: dict[type[Any], dict[str, Any]] = {}


def report_to_text(report: Report) -> str:
    return json.dumps(_plain(report), ensure_ascii=False, separators=(",", ":"), default=_number)


def report_from_text(text: str) -> Report:
    """Raises KeyError or TypeError where the text was not written by `report_to_text`."""
    return cast("Report", _read(Report, json.loads(text)))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        kind = type(value).__name__
        plain = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {KIND: kind, **plain} if kind in BLOCKS else plain
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _number(value: Any) -> object:  # noqa: ANN401  # a number of numpy
    return value.item()


def _read(hint: Any, value: Any) -> object:  # noqa: ANN401  # hints and JSON are anything
    if value is None or hint in {str, int, float, bool}:
        return value
    origin = get_origin(hint)
    if origin is tuple:
        return _read_tuple(get_args(hint), value)
    if origin in {Union, types.UnionType}:
        return _read_one_of(get_args(hint), value)
    return _read_thing(hint, value)


def _read_tuple(hints: tuple[Any, ...], values: list[Any]) -> tuple[object, ...]:
    if hints[-1] is Ellipsis:
        return tuple(_read(hints[0], value) for value in values)
    return tuple(_read(hint, value) for hint, value in zip(hints, values, strict=True))


def _read_one_of(hints: tuple[Any, ...], value: Any) -> object:  # noqa: ANN401  # JSON is anything
    if isinstance(value, dict) and KIND in value:
        return _read_thing(BLOCKS[value[KIND]], value)
    present = next(hint for hint in hints if hint is not types.NoneType)
    return _read(present, value)


def _read_thing(kind: type[Any], value: Any) -> object:  # noqa: ANN401  # JSON is anything
    if issubclass(kind, Enum):
        return kind(value)
    hints = _hints(kind)
    return kind(**{name: _read(hints[name], item) for name, item in value.items() if name != KIND})


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _known_hints:
        _known_hints[kind] = get_type_hints(kind)
    return _known_hints[kind]
