"""A typeset PDF made small: what is not yet compressed in it goes into object streams.

The typesetter writes each tag in plain text, which makes a tagged paper twice as large as
need be. Knows the plain layout that the typesetter writes, and nothing of pages or words.

Source: ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams).
"""

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise

_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 (\d+)\s+")
_TRAILER = re.compile(rb"trailer\n<<(.*)>>\s*\Z", re.DOTALL)
_SIZE = re.compile(rb"/Size \d+")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\s*\Z", re.DOTALL)
_STREAM = re.compile(rb"\nendstream\Z")
_ENTRY = 20  # bytes of a line in the table
_TOGETHER = 200  # objects in a stream: a reader unpacks all of them to see one


def packed(content: bytes) -> bytes:
    """Return a PDF that says the same in fewer bytes.

    Args:
        content: a PDF as the typesetter writes it; one of another layout comes back as it is.
    """
    end = _END.search(content)
    table = _TABLE.match(content, int(end[1])) if end else None
    trailer = _TRAILER.search(content, table.end(), end.start()) if end and table else None
    if not (end and table and trailer):
        return content
    lines = content[table.end() : table.end() + int(table[1]) * _ENTRY]
    starts = sorted(
        int(lines[at : at + 10])
        for at in range(0, len(lines), _ENTRY)
        if lines[at + 17 : at + 18] == b"n"
    )
    objects = [
        _OBJECT.match(content[start:stop]) for start, stop in pairwise([*starts, int(end[1])])
    ]
    found = {int(each[1]): each[2] for each in objects if each}
    if not starts or len(found) != len(objects):
        return content
    return _written(content[: starts[0]], found, _SIZE.sub(b"", trailer[1]))


def _written(head: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    out = bytearray(head)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # kind, and two fields by kind
    plain = {number: body for number, body in objects.items() if not _STREAM.search(body)}
    streams = {number: body for number, body in objects.items() if number not in plain}
    new = max(objects) + 1
    for number, body in enumerate(_object_streams(plain), start=new):
        streams[number] = body
    for index, number in enumerate(plain):
        places[number] = (2, new + index // _TOGETHER, index % _TOGETHER)
    for number, body in streams.items():
        places[number] = (1, len(out), 0)
        out += _object(number, body)
    last = max(streams) + 1
    places[last] = (1, len(out), 0)
    table = b"".join(
        b"%c%b%b" % (kind, first.to_bytes(4), second.to_bytes(2))
        for kind, first, second in (places.get(each, (0, 0, 0)) for each in range(last + 1))
    )
    keys = b"/Type/XRef/Size %d/W[1 4 2]%b" % (last + 1, trailer)
    start = len(out)
    out += _object(last, _stream(keys, table)) + b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _object(number: int, stream: bytes) -> bytes:
    # With both signs of a line's end, no reader takes the last byte of the data for one of them.
    return b"%d 0 obj\n%b\nendobj\n" % (number, _STREAM.sub(b"\r\nendstream", stream))


def _object_streams(objects: dict[int, bytes]) -> Iterator[bytes]:
    rows = list(objects.items())
    for first in range(0, len(rows), _TOGETHER):
        together = rows[first : first + _TOGETHER]
        index, bodies = b"", b""
        for number, body in together:
            index += b"%d %d " % (number, len(bodies))
            bodies += body + b"\n"
        keys = b"/Type/ObjStm/N %d/First %d" % (len(together), len(index))
        yield _stream(keys, index + bodies)


def _stream(keys: bytes, data: bytes) -> bytes:
    content = zlib.compress(data, 9)
    return b"<<%b/Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (
        keys,
        len(content),
        content,
    )
