"""The contract suite under pytest: `pytest contracts/suite --target URL`; see emulator/check/plugin.py."""

import pytest


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.import_plugin("emulator.check.plugin")
