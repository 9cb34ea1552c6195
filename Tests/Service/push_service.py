"""A push service and the browsers behind it: takes messages, and reads them as a browser does (http-ece)."""

import base64
import http.server
import json
import os
import threading

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Browser:
    """One subscription and what was pushed to it."""

    def __init__(self, service, name):
        self.service, self.name, self.pushed, self.statuses = service, name, [], []
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.endpoint = f"{service.url}/push/{name}"

    @property
    def subscription(self):
        public = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": coded(public), "auth": coded(self.secret)}}

    def read(self, headers, body):
        assert headers["content-encoding"] == "aes128gcm"
        text = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        self.pushed.append((json.loads(text), headers))


class PushService:
    """Answers 201 as the services do, or what a browser's `statuses` say first."""

    def __init__(self):
        service = self
        self.browsers = {}

        class Answer(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                browser = service.browsers[self.path.rsplit("/", 1)[1]]
                status = browser.statuses.pop(0) if browser.statuses else 201
                if status == 201:
                    browser.read({name.lower(): value for name, value in self.headers.items()}, body)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", f"/push/{browser.name}")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def browser(self, name):
        self.browsers[name] = Browser(self, name)
        return self.browsers[name]


def claims(authorization: str) -> dict:
    """What a VAPID header says (RFC 8292); raises where pywebpush's library finds that its signature is not by its key."""
    scheme, rest = authorization.split(" ", 1)
    assert scheme == "vapid" and Vapid02.verify(authorization)
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    return {**json.loads(plain(parts["t"].split(".")[1])), "k": parts["k"]}
