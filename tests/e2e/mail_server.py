"""A real mail server (aiosmtpd) that misbehaves as it is told, with certificates of an authority of the test's own."""

import asyncio
import collections
import email
import email.policy
import os
import ssl
import subprocess
import threading

from aiosmtpd.smtp import SMTP, AuthResult

USER, PASSWORD = "vigie", "mot de passe: 'é\"$"
Mail = collections.namedtuple("Mail", "sender recipient raw")

NEVER = 3600  # seconds


class Authority:
    """Makes certificates in a folder, with openssl."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder, exist_ok=True)
        self.file = self.path("ca.pem")
        self.openssl("req", "-x509", *self.new_key("ca.key"), "-out", self.file, "-days", "2", "-subj", "/CN=Test CA")

    def path(self, name):
        return os.path.join(self.folder, name)

    def new_key(self, name):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", self.path(name)]

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)

    def certificate(self, host="localhost", days=2):
        """(certificate, key) for a host; with days=-1 it has expired."""
        stem = f"{host}{days}"
        self.openssl("req", *self.new_key(stem + ".key"), "-out", self.path(stem + ".csr"), "-subj", f"/CN={host}")
        with open(self.path("extensions"), "w", encoding="ascii") as extensions:
            extensions.write(f"subjectAltName=DNS:{host}\n")
        self.openssl("x509", "-req", "-in", self.path(stem + ".csr"), "-CA", self.file, "-CAkey", self.path("ca.key"),
                     "-CAcreateserial", "-days", str(days), "-extfile", self.path("extensions"),
                     "-out", self.path(stem + ".pem"))
        return self.path(stem + ".pem"), self.path(stem + ".key")


class MailServer:
    """Listens on a port of 127.0.0.1, or on another address, until close(). What it took is in `mails`, in the order in which it took it.

    certificate: (certificate, key), with STARTTLS, or with implicit TLS where `tls` is true.
    refuse, later: {recipient: answer}; later_once: {recipient: answer}, for the first time alone.
    fault, faults: what happens to the next `faults` mails: "421", "cut in DATA", "cut after DATA", "hang",
    "sender". thinks: seconds between taking a mail and saying so.
    """

    def __init__(self, certificate=None, tls=False, login=False, mechanisms=("PLAIN", "LOGIN"),
                 address=("127.0.0.1", 0)):
        self.address = address
        self.mails, self.refuse, self.later, self.later_once = [], {}, {}, {}
        self.fault, self.faults, self.connections = "", 0, 0
        self.logins, self.size_limit, self.thinks = [], 33_554_432, 0
        self.mails_a_connection = 10_000
        self.context = None
        if certificate:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.implicit = tls
        self.how = {"authenticator": self.authenticate, "auth_required": login,
                    "auth_exclude_mechanism": {"PLAIN", "LOGIN"} - set(mechanisms),
                    "auth_require_tls": False} if login else {}
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self.start(), self.loop).result(10)
        self.port = self.server.sockets[0].getsockname()[1]

    async def start(self):
        def connection():
            self.connections += 1
            starttls = self.context if not self.implicit else None
            return Session(self, tls_context=starttls, require_starttls=starttls is not None, enable_SMTPUTF8=False,
                           data_size_limit=self.size_limit, loop=self.loop, hostname="mx.example", **self.how)
        return await self.loop.create_server(connection, *self.address, ssl=self.context if self.implicit else None)

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append(mechanism)
        return AuthResult(success=data.login == USER.encode() and data.password == PASSWORD.encode(), handled=False)

    def close(self):
        if self.loop.is_closed():
            return

        async def end():
            self.server.close()
            for task in asyncio.all_tasks():
                if task is not asyncio.current_task():
                    task.cancel()
        asyncio.run_coroutine_threadsafe(end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def takes(self, fault):
        """Whether this mail has the fault."""
        if self.fault != fault or self.faults == 0:
            return False
        self.faults -= 1
        return True

    # What aiosmtpd asks.

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.takes("hang"):
            await asyncio.sleep(NEVER)
        if self.takes("sender"):
            return "550 5.7.1 not your address"
        server.begun += 1
        if server.begun > self.mails_a_connection:
            self.loop.call_later(0.01, server.transport.close)
            return "421 4.7.0 too many mails on one connection"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.takes("421"):
            self.loop.call_later(0.01, server.transport.close)
            return "421 4.3.2 going down"
        answer = self.refuse.get(address) or self.later.get(address) or self.later_once.pop(address, None)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails += [Mail(envelope.mail_from, to, envelope.content) for to in envelope.rcpt_tos]
        if self.takes("cut after DATA"):
            server.transport.abort()
        await asyncio.sleep(self.thinks)
        return "250 2.0.0 queued"

    # What the tests ask.

    def recipients(self):
        return sorted(mail.recipient for mail in self.mails)

    def parsed(self):
        return [email.message_from_bytes(mail.raw, policy=email.policy.default) for mail in self.mails]

    def ids(self):
        return [mail["Message-ID"] for mail in self.parsed()]


class Session(SMTP):
    def __init__(self, script, **how):
        self.script, self.begun = script, 0
        super().__init__(script, **how)

    async def smtp_DATA(self, argument):
        if self.script.takes("cut in DATA"):
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(argument)
