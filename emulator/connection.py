"""The server's side of an HTTP connection: as uvicorn has it, with a way for the application to let go of it."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from emulator.faults.wire import CONNECTION


class Connection(HttpToolsProtocol):
    """Gives each request's scope the transport, so that a fault on command can close it without a word."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CONNECTION: {"transport": self.transport}}
