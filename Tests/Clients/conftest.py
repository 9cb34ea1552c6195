"""A live Tocsin behind TLS under the names that the clients ask for, with a certificate of our own."""

import datetime
import importlib.util
import ipaddress
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
# Under another name: both folders have a file called conftest.
_found = importlib.util.spec_from_file_location("service", HERE.parent / "Service/conftest.py")
_service = importlib.util.module_from_spec(_found)
_found.loader.exec_module(_service)
Service = _service.Service

NAMES = ["www.oref.org.il", "alerts-history.oref.org.il", "www.tzevaadom.co.il", "siren.pp.ua",
         "api.alerts.in.ua"]


def certificate(folder: pathlib.Path) -> pathlib.Path:
    """A certificate that is its own authority, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tocsin test")])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(
            [x509.DNSName(host) for host in NAMES]
            + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256()))
    path = folder / "test.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM))
    return path


class TLSFront:
    """Takes TLS off and passes the bytes on, as the proxy before a real service does."""

    def __init__(self, pem: pathlib.Path, port: int):
        self.target = port
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self.context = context
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            inside = self.context.wrap_socket(peer, server_side=True)
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            peer.close()
            return
        threading.Thread(target=self.copy, args=(server, inside), daemon=True).start()
        self.copy(inside, server)

    @staticmethod
    def copy(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.listener.close()


class Client:
    """One client's own process, whose lines are gathered as they come."""

    def __init__(self, front: TLSFront, pem: pathlib.Path, words: list[str]):
        environment = {
            **os.environ, "PYTHONPATH": str(HERE / "redirect"), "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8", "TOCSIN_TEST_TLS_PORT": str(front.port),
            "REQUESTS_CA_BUNDLE": str(pem), "SSL_CERT_FILE": str(pem), "LC_ALL": "C.UTF-8"}
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=environment)
        self.reader = threading.Thread(target=self.gather, daemon=True)
        self.reader.start()

    def gather(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.reader.join(timeout=5)


@pytest.fixture
def station(tmp_path):
    """A live service with an operator's key, and a way to run clients against it."""
    service = Service(tmp_path)
    config = service.configure("title: Coast\ntime_zone: Asia/Jerusalem\n")
    service.operator = service.key("ada", "operator")
    service.start("--config", str(config))
    pem = certificate(tmp_path)
    front = TLSFront(pem, service.port)
    clients = []

    def run(*words: str) -> Client:
        clients.append(Client(front, pem, list(words)))
        return clients[-1]

    service.run = run
    yield service
    for client in clients:
        client.stop()
    front.close()
    service.stop()
