"""
One HTTP/1.1 answer, read whole or not at all, in the forms that AWS gives it.

Source: https://www.rfc-editor.org/rfc/rfc9112
"""

from collections.abc import Mapping
from typing import BinaryIO

import msgspec

from shopbridge.aws.errors import AwsRejected

ANSWER_LIMIT = 1024 * 1024
"""Bytes of an answer that are read at most; DynamoDB itself stops at 1 MB."""

LONGEST_LINE = 65_536
MOST_HEADERS = 100
"""Both as `http.client` has them; AWS stays far below."""

CONTINUE = 100
WITHOUT_BODY = (204, 304)


class BrokenAnswer(Exception):
    """What came is no HTTP answer, or only the beginning of one."""


class Answer(msgspec.Struct, frozen=True):
    """What came back: the status and the whole body."""

    status: int
    body: bytes
    is_last: bool = False
    """Whether the other side ends the connection after it."""


def read(stream: BinaryIO) -> Answer:
    """
    Read the next answer.

    Raises:
        BrokenAnswer: the stream ended, or what came is not HTTP.
        AwsRejected: the answer is larger than `ANSWER_LIMIT`.
    """
    status, headers = _status(stream), _headers(stream)
    while status == CONTINUE:
        status, headers = _status(stream), _headers(stream)
    is_last = headers.get("connection", "").lower() == "close"
    if status in WITHOUT_BODY:
        return Answer(status, b"", is_last)
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return Answer(status, _chunks(stream), is_last)
    if "content-length" in headers:
        return Answer(status, _exactly(stream, _number(headers["content-length"], 10)), is_last)
    return Answer(status, _rest(stream), is_last=True)


def _status(stream: BinaryIO) -> int:
    version, _, rest = _line(stream).partition(b" ")
    code = rest[:3]
    if not version.startswith(b"HTTP/1.") or not code.isdigit():
        raise BrokenAnswer("not a status line of HTTP/1.1")
    return int(code)


def _headers(stream: BinaryIO) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    while line := _line(stream):
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon or len(headers) == MOST_HEADERS:
            raise BrokenAnswer("not the headers of an answer")
        headers[name.lower()] = value.strip()
    return headers


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(LONGEST_LINE)
    if not line.endswith(b"\n"):
        raise BrokenAnswer("the answer ends early")
    return line.rstrip(b"\r\n")


def _chunks(stream: BinaryIO) -> bytes:
    body = b""
    while size := _number(_line(stream).partition(b";")[0].decode("latin-1"), 16):
        _limit(len(body) + size)
        body += _exactly(stream, size)
        _line(stream)
    _headers(stream)  # what may follow the last chunk; usually nothing
    return body


def _exactly(stream: BinaryIO, size: int) -> bytes:
    _limit(size)
    body = stream.read(size)
    if len(body) < size:
        raise BrokenAnswer("the answer ends early")
    return body


def _rest(stream: BinaryIO) -> bytes:
    body = stream.read(ANSWER_LIMIT + 1)
    _limit(len(body))
    return body


def _number(text: str, base: int) -> int:
    try:
        number = int(text, base)
    except ValueError as exc:
        raise BrokenAnswer("a length that is no number") from exc
    if number < 0:
        raise BrokenAnswer("a length below zero")
    return number


def _limit(size: int) -> None:
    if size > ANSWER_LIMIT:
        raise AwsRejected("AnswerTooLarge", f"more than {ANSWER_LIMIT} bytes")
