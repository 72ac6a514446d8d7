"""The AWS of a cold start: TLS on this machine, and the six answers that the handlers need."""

import datetime
import hashlib
import ipaddress
import json
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from benchmarks import scene
from shopbridge.stores import profile

ARRIVED = "2026-11-23T07:48:03.000000Z"
PUBLISHED = (
    b"<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>"
)


class FakeAws(ThreadingTCPServer):
    """Listens on a free port; `asked` counts the operations."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.asked: Counter[str] = Counter()

    @property
    def url(self) -> str:
        """The address that replaces all of AWS's."""
        return f"https://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(certificate: Path) -> Iterator[FakeAws]:
    """Serve until the block ends."""
    server = FakeAws(certificate)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def self_signed(place: Path) -> Path:
    """Write a certificate for 127.0.0.1 with its key, valid for a day; return its path."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Shopbridge benchmark")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = place / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


class _Handler(StreamRequestHandler):
    """Reads requests by hand: `http.server` would take longer for one than our client does."""

    server: FakeAws
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer until the client hangs up."""
        while self.rfile.readline():
            headers = dict(self._headers())
            body = self.rfile.read(int(headers[b"content-length"]))
            target = headers.get(b"x-amz-target", b"SNS.Publish").decode()
            operation = target.rpartition(".")[2]
            self.server.asked[operation] += 1
            answer = _answer(operation, body)
            head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(answer)}\r\n\r\n"
            self.wfile.write(head.encode() + answer)

    def _headers(self) -> Iterator[tuple[bytes, bytes]]:
        while line := self.rfile.readline().strip():
            name, _, value = line.partition(b":")
            yield name.lower(), value.strip()


def _answer(operation: str, body: bytes) -> bytes:
    match operation:
        case "GetParameter":
            return json.dumps({"Parameter": {"Value": json.dumps([scene.SECRET])}}).encode()
        case "GetItem":
            return json.dumps({"Item": {"profile": {"S": profile.dump(scene.PROFILE)}}}).encode()
        case "UpdateItem":
            return json.dumps({"Attributes": {"received_at": {"S": ARRIVED}}}).encode()
        case "SendMessage":
            return json.dumps(_queued(json.loads(body))).encode()
        case "Publish":
            return PUBLISHED
    raise ValueError(f"no handler needs {operation}")


def _queued(request: dict[str, object]) -> dict[str, str]:
    """SQS's answer; boto3 compares the digest of the body."""
    digest = hashlib.md5(str(request["MessageBody"]).encode(), usedforsecurity=False)
    return {"MessageId": "m", "MD5OfMessageBody": digest.hexdigest()}
