"""What follows from an origin's rows alone, and is worth keeping: these never change, and origins have unique names."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The last few values that were made, by keys that begin with the origin."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[Hashable, Value] = {}
        self._changing = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        found = self._values.get(key)
        if found is None:
            found = make()
            with self._changing:
                while len(self._values) >= self._most:
                    del self._values[next(iter(self._values))]  # the oldest
                self._values[key] = found
        return found
