"""A pika connection that writes the frames of many messages at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pika import SelectConnection


class GatheringConnection(SelectConnection):
    """pika gives each frame to the socket by itself: three system calls a message, each of which
    the broker answers with a read of its own. Joined, the same messages cost both sides a fifth
    to a half less.

    It stands on a method of pika that is not public; were that renamed, all would work as before,
    more slowly, and a test would tell.
    """

    _gathered: list[bytes] | None = None

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Write what is published inside with one call at the end."""
        self._gathered = []
        try:
            yield
        finally:
            frames, self._gathered = self._gathered, None
            if frames:
                self._output_marshaled_frames([b"".join(frames)])

    def _output_marshaled_frames(self, marshaled_frames: Sequence[bytes]) -> None:
        if self._gathered is None:
            super()._output_marshaled_frames(marshaled_frames)  # type: ignore[misc]
        else:
            self._gathered.extend(marshaled_frames)
