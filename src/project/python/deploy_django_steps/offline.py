"""Storages are made and asked without network and without the project's keys: nothing of it may reach a bucket."""

import contextlib
import json
import os
import socket
import sys

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
AWS_KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_EC2_METADATA_DISABLED": "true",
}


class ServerAskedError(Exception):
    """A storage that wants its server. No OSError, because cloud libraries try those again and again."""

    def __init__(self, server):
        super().__init__("it asks the server %s, and the build has no network for storages and no cloud keys" % server)


class Offline:
    """Refuses connections while it is entered, and lends made-up keys, so that addresses can be signed."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.depth = 0
        # The server that was asked for last. Cloud libraries do not keep the exception that says so.
        self.asked = None

    def install(self):
        getaddrinfo, connect, connect_ex = socket.getaddrinfo, socket.socket.connect, socket.socket.connect_ex

        def guarded_getaddrinfo(host, port, *args, **options):
            self.refuse((host, port))
            return getaddrinfo(host, port, *args, **options)

        def guarded_connect(sock, address):
            self.refuse(address)
            return connect(sock, address)

        def guarded_connect_ex(sock, address):
            self.refuse(address)
            return connect_ex(sock, address)

        socket.getaddrinfo = guarded_getaddrinfo
        socket.socket.connect = guarded_connect
        socket.socket.connect_ex = guarded_connect_ex

    def refuse(self, address):
        """@raises ServerAskedError for an address of the network; a path is a socket of this machine."""
        if self.depth > 0 and isinstance(address, tuple):
            host = address[0].decode() if isinstance(address[0], bytes) else address[0]
            self.asked = "%s:%s" % (host, address[1]) if address[1] else str(host)
            raise ServerAskedError(self.asked)

    @contextlib.contextmanager
    def entered(self):
        before = {name: os.environ.get(name) for name in (*PROXIES, *self.keys())}
        if self.depth == 0:
            self.asked = None
            # The refused address is to be the server's own, and not that of a proxy.
            for name in PROXIES:
                os.environ.pop(name, None)
            for name, value in self.keys().items():
                os.environ.setdefault(name, value)
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1
            if self.depth == 0:
                for name, value in before.items():
                    if value is None:
                        os.environ.pop(name, None)
                    else:
                        os.environ[name] = value

    def keys(self):
        return {**AWS_KEYS, "GOOGLE_APPLICATION_CREDENTIALS": os.path.join(self.scratch, "google.json")}

    def lend_google_key(self):
        """Google's library signs with a key of its own kind, which is made where the library is there."""
        path = os.path.join(self.scratch, "google.json")
        if "google.cloud.storage" not in sys.modules or os.path.exists(path):
            return
        try:
            from cryptography.hazmat.primitives import serialization
            from cryptography.hazmat.primitives.asymmetric import rsa
        except ImportError:
            return
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        account = {
            "type": "service_account",
            "project_id": "build",
            "private_key_id": "0",
            "private_key": key.decode(),
            "client_email": "build@build.iam.gserviceaccount.com",
            "client_id": "0",
            "token_uri": "https://oauth2.googleapis.com/token",
        }
        with open(path, "w", encoding="utf-8") as file:
            json.dump(account, file)
