"""Let somebody on this machine reach servers of the stack's inner network, while it runs.

``door.py 5432=postgres:5432 ...`` listens on each port and passes on what comes to the address.
"""

import asyncio
import contextlib
import sys
from asyncio import StreamReader, StreamWriter
from functools import partial

CHUNK = 65_536


async def main(doors: list[str]) -> None:
    """Serve all ``doors`` until the end."""
    async with contextlib.AsyncExitStack() as stack:
        for door in doors:
            port, _, address = door.partition("=")
            host, _, behind = address.rpartition(":")
            server = await asyncio.start_server(
                partial(pass_on, host, int(behind)), None, int(port)
            )
            await stack.enter_async_context(server)
        await asyncio.Event().wait()


async def pass_on(host: str, port: int, reader: StreamReader, writer: StreamWriter) -> None:
    """Connect one caller; when either side ends, both do."""
    try:
        behind_reader, behind_writer = await asyncio.open_connection(host, port)
    except OSError:
        writer.close()
        return
    ways = [(reader, behind_writer), (behind_reader, writer)]
    tasks = [asyncio.create_task(carry(*way)) for way in ways]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for side in (writer, behind_writer):
        side.close()
    await asyncio.gather(*tasks)


async def carry(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass on what ``reader`` gives, until it ends or either side is gone."""
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
