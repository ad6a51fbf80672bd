"""A server that offers HTTP/2, made with the library h2."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType

import h2.config
import h2.connection
import h2.events

from .server import server_tls

PAGE = b"<h1 id='there'>There</h1>"


class Http2Server:
    """Answers all but ``/404`` with a page; can break its HTTP/2 on purpose.

    Attributes:
        protocols: what clients have agreed to speak.
        connections: how many connections were made.
        breaks: whether HTTP/2 breaks after it was agreed on.
    """

    def __init__(self) -> None:
        self.protocols: set[str] = set()
        self.connections = 0
        self.breaks = False
        self.port = 0
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def url(self, path: str) -> str:
        return f"https://one.example:{self.port}{path}"

    def __enter__(self) -> Http2Server:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        tls = server_tls("good")
        tls.set_alpn_protocols(["h2", "http/1.1"])
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        protocol = writer.get_extra_info("ssl_object").selected_alpn_protocol() or "http/1.1"
        self.protocols.add(protocol)
        try:
            if protocol == "h2":
                await self._speak_http2(reader, writer)
            else:
                await self._speak_http1(reader, writer)
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    async def _speak_http1(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()

    async def _speak_http2(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            if self.breaks:
                writer.write(b"this is no frame of HTTP/2")
                await writer.drain()
                return
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    _answer(connection, event)
            writer.write(connection.data_to_send())
            await writer.drain()


def _answer(connection: h2.connection.H2Connection, event: h2.events.RequestReceived) -> None:
    asked = {
        name.decode() if isinstance(name, bytes) else name: value for name, value in event.headers
    }
    path = asked[":path"]
    status = "404" if path in {b"/404", "/404"} else "200"
    headers = [(":status", status), ("content-type", "text/html")]
    connection.send_headers(event.stream_id, headers)
    with_body = asked[":method"] not in {b"HEAD", "HEAD"}
    connection.send_data(event.stream_id, PAGE if with_body else b"", end_stream=True)
