"""A mail server with STARTTLS and a login, for try_package.sh.

    serve_mails.py HOST ADDRESS PORT FOLDER

Writes to FOLDER: ca.pem, its authority; password; mails, what it took, as it comes. Until it is killed.
"""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "e2e"))
from mail_server import PASSWORD, Authority, MailServer  # noqa: E402


def main():
    host, address, port, folder = sys.argv[1:]
    server = MailServer(certificate=Authority(folder).certificate(host), login=True, address=(address, int(port)))
    with open(os.path.join(folder, "password"), "w", encoding="utf-8") as file:
        file.write(PASSWORD + "\n")
    taken = 0
    with open(os.path.join(folder, "mails"), "wb", buffering=0) as file:
        while True:
            for mail in server.mails[taken:]:
                file.write(mail.raw)
                taken += 1
            time.sleep(0.1)


main()
