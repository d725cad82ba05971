"""Everything public of ours says what it promises."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.apps import AppConfig
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.core.management.base import BaseCommand

PACKAGES = ("shiftsync", "staff", "settings_app", "backups", "schedules")
SAY_IT_OTHERWISE = (AppConfig, BaseCommand, ObjectDoesNotExist, MultipleObjectsReturned)


def _modules(package: str) -> Iterator[ModuleType]:
    root = import_module(package)
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        if ".migrations" not in found.name:
            yield import_module(found.name)


def _own(names: dict[str, Any], module: str) -> Iterator[tuple[str, Any]]:
    """What is public among ``names`` and written in ``module``."""
    for name, value in names.items():
        if not name.startswith("_") and name not in {"Meta", "Media"} and getattr(value, "__module__", None) == module:
            yield name, value


def _function(value: Any) -> Any:
    """The function behind a method of any kind."""
    if isinstance(value, property):
        return value.fget
    return getattr(value, "__func__", getattr(value, "func", value))


def _silent_methods(kind: type) -> Iterator[str]:
    """An override keeps the contract of what it overrides; an action of the admin is described by its ``description``."""
    for name, value in vars(kind).items():
        method = _function(value)
        if (
            name.startswith("_")
            or not inspect.isfunction(method)
            or method.__qualname__ != f"{kind.__qualname__}.{name}"
        ):
            continue
        overrides = any(name in vars(base) for base in kind.__mro__[1:])
        if not (method.__doc__ or overrides or hasattr(method, "short_description")):
            yield f"{kind.__module__}.{method.__qualname__}"


def _is_silent(kind: type) -> bool:
    doc = vars(kind).get("__doc__")
    made_by_dataclass = doc is not None and doc.startswith(f"{kind.__name__}(")
    made_for_history = hasattr(kind, "history_date")
    return (doc is None or made_by_dataclass) and not made_for_history and not issubclass(kind, SAY_IT_OTHERWISE)


def _silent(names: dict[str, Any], module: str) -> Iterator[str]:
    for name, value in _own(names, module):
        if inspect.isclass(value):
            if _is_silent(value):
                yield f"{module}.{value.__qualname__}"
            yield from _silent_methods(value)
        elif inspect.isfunction(value) and not value.__doc__ and value.__name__ == name:
            yield f"{module}.{name}"


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names__of_a_package__have_docstrings(package: str) -> None:
    assert [name for module in _modules(package) for name in _silent(vars(module), module.__name__)] == []
