"""TLS: Amazon's roots first, the system's own when they do not suffice, nobody else's ever."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Any, NamedTuple

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shopbridge.aws.client import Aws
from shopbridge.aws.dial import AMAZON_ROOTS, Dial
from shopbridge.aws.errors import AwsUnavailable
from tests.integration.aws.server import Server
from tests.integration.aws.wire import ENVIRON, answer

HOUR = timedelta(hours=1)


class Authority(NamedTuple):
    """A certificate that vouches for itself, and a server's TLS made from it."""

    pem: str
    tls: ssl.SSLContext


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Make a certificate for 127.0.0.1 that no system trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "tests only")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - HOUR)
        .not_valid_after(now + HOUR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    public, private = folder / "public.pem", folder / "private.pem"
    public.write_bytes(certificate.public_bytes(Encoding.PEM))
    private.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(public, private)
    return Authority(str(public), tls)


def aws(server: Server, dial: Dial) -> Aws:
    """Return the client of a server that speaks TLS."""
    return Aws.from_environment(
        {**ENVIRON, "AWS_ENDPOINT_URL": f"https://{server.host}"}, connect=dial
    )


def trusting(pem: str, asked: list[str]) -> Callable[[ssl.SSLContext], None]:
    """Trust one more authority, noting that it was asked for."""

    def trust(context: ssl.SSLContext) -> None:
        asked.append(pem)
        context.load_verify_locations(pem)

    return trust


def test_known_root_needs_no_other(authority: Authority) -> None:
    """A server of a root in our short list is trusted, and the system's store never read."""
    asked: list[str] = []
    with Server(answer(b"body"), tls=authority.tls) as server:
        client = aws(server, Dial(authority.pem, trusting(authority.pem, asked)))

        body = client.s3.get_object("b", "k")

        client.close()
    assert body == b"body"
    assert asked == []


def test_other_root_is_looked_up_once(authority: Authority) -> None:
    """A server of another root is checked against the whole store, which then stays."""
    asked: list[str] = []
    with Server(*[answer(b"body")] * 2, tls=authority.tls) as server:
        client = aws(server, Dial(AMAZON_ROOTS, trusting(authority.pem, asked)))

        bodies = [client.s3.get_object("b", "k"), client.s3.get_object("b", "k")]

        client.close()
    assert bodies == [b"body", b"body"]
    assert asked == [authority.pem]


def test_unknown_root_is_never_trusted(authority: Authority) -> None:
    """A server that neither list vouches for gets no request, now or later."""
    with Server(tls=authority.tls) as server:
        client = aws(server, Dial())

        for _ in range(2):
            with pytest.raises(AwsUnavailable, match="SSLCertVerificationError"):
                client.s3.get_object("b", "k")

    assert server.seen == []


def test_certificate_of_another_host_is_never_trusted(authority: Authority) -> None:
    """The right root with the wrong name is no proof."""
    with Server(tls=authority.tls) as server:
        server.host = server.host.replace("127.0.0.1", "localhost")
        client = aws(server, Dial(authority.pem))

        with pytest.raises(AwsUnavailable, match="SSLCertVerificationError"):
            client.s3.get_object("b", "k")

    assert server.seen == []


def roots_in(pem: str) -> dict[bytes, str]:
    """Return the certificates in a file, with their common names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(pem)
    roots: list[dict[str, Any]] = context.get_ca_certs()
    names = [dict(part[0] for part in root["subject"]).get("commonName", "") for root in roots]
    return dict(zip(context.get_ca_certs(binary_form=True), names, strict=True))


def test_list_holds_amazons_roots() -> None:
    """The file has the five roots that AWS names."""
    assert sorted(roots_in(AMAZON_ROOTS).values()) == [
        "Amazon Root CA 1",
        "Amazon Root CA 2",
        "Amazon Root CA 3",
        "Amazon Root CA 4",
        "Starfield Services Root Certificate Authority - G2",
    ]


def test_list_is_part_of_mozillas() -> None:
    """Each root is, byte for byte, one that Mozilla still trusts."""
    assert roots_in(AMAZON_ROOTS).items() <= roots_in(certifi.where()).items()
