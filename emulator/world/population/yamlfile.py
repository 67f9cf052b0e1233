"""YAML files, read by libyaml where PyYAML was built with it."""

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class _Loader(_SafeLoader):
    """Leaves times as text: PyYAML's own error for a wrong one does not say where it stands."""

    yaml_implicit_resolvers = {  # noqa: RUF012, as the base class has it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
    }


def read(path: Path) -> Any:
    """Raises OSError, or yaml.YAMLError for what is not YAML."""
    try:
        return yaml.load(path.read_bytes(), _Loader)  # noqa: S506, a safe loader
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise yaml.YAMLError(str(error)) from error  # PyYAML lets them through: `!!bool maybe`, a number too long
