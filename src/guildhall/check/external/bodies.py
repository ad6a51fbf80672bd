"""Reading bodies: no more than is wanted, however much a server sends or packs into it."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Callable, Iterator
from dataclasses import dataclass

_STEP = 64 * 1024


@dataclass(slots=True)
class Body:
    """What was read of a body.

    Args:
        content: the bytes, unpacked.
        complete: whether it is all.
        readable: whether its encoding is one that is unpacked here.
        received: how many bytes came over the network.
    """

    content: bytes = b""
    complete: bool = False
    readable: bool = True
    received: int = 0


async def read_body(stream: AsyncIterable[bytes], encoding: str, limit: int, body: Body) -> None:
    """Read a body until it ends, or until ``limit`` bytes have come or have been unpacked.

    What was read before an error stays in ``body``.

    Args:
        stream: the parts as they come.
        encoding: the value of ``Content-Encoding``.
        limit: how many bytes are kept at most, packed and unpacked.
        body: takes what is read.
    """
    unpack = _unpacker(encoding)
    if unpack is None:
        body.readable = False
    parts: list[bytes] = []
    size = 0
    try:
        async for raw in stream:
            body.received += len(raw)
            for part in unpack(raw) if unpack else (raw,):
                parts.append(part[: limit - size])
                size += len(part)
                if size >= limit:
                    return
            if body.received >= limit:
                return
        body.complete = True
    except zlib.error:
        body.readable = False
    finally:
        body.content = b"".join(parts)


def _unpacker(encoding: str) -> Callable[[bytes], Iterator[bytes]] | None:
    named = [each for each in encoding.lower().replace(" ", "").split(",") if each]
    if named in ([], ["identity"]):
        return _as_it_is
    if named in (["gzip"], ["x-gzip"], ["deflate"]):
        return _Inflater().unpack
    return None


def _as_it_is(raw: bytes) -> Iterator[bytes]:
    yield raw


class _Inflater:
    """Unpacks gzip (RFC 1952) and deflate, raw or in zlib's form, in bounded steps."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._begun = False

    def unpack(self, raw: bytes) -> Iterator[bytes]:
        """Unpack a part, no further than the caller takes it."""
        while raw and not self._inflate.eof:
            try:
                part = self._inflate.decompress(raw, _STEP)
            except zlib.error:
                if self._begun:
                    raise
                self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
                part = self._inflate.decompress(raw, _STEP)
            self._begun = True
            raw = self._inflate.unconsumed_tail
            if part:
                yield part
