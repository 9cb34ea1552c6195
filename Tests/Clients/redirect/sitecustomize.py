"""Leads the clients' own host names to the server under test; their code stays as it is."""

import os
import socket

_port = os.environ.get("TOCSIN_TEST_TLS_PORT")
_find = socket.getaddrinfo
_hosts = ("oref.org.il", "tzevaadom.co.il", "siren.pp.ua", "alerts.in.ua")


def _led(host, port, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host or ""
    if _port and name.endswith(_hosts):
        return _find("127.0.0.1", int(_port), *rest, **more)
    return _find(host, port, *rest, **more)


socket.getaddrinfo = _led
