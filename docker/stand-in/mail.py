#!/usr/bin/python3
"""Takes mails on 1025 and tells of them on 8025 as Mailpit's API does, as far as anybody here asks."""

import email
import http.server
import json
import sys
import urllib.request

from aiosmtpd.controller import Controller

if sys.argv[1:] == ["readyz"]:
    urllib.request.urlopen("http://127.0.0.1:8025/readyz", timeout=2)
    sys.exit()

kept = []


class Keep:
    async def handle_DATA(self, server, session, envelope):
        subject = email.message_from_bytes(envelope.content)["Subject"]
        kept.append({"To": [{"Address": address} for address in envelope.rcpt_tos], "Subject": subject})
        return "250 kept"


class Tell(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"total": len(kept), "messages": kept}).encode())

    def log_message(self, *line):
        pass


Controller(Keep(), hostname="0.0.0.0", port=1025).start()
http.server.ThreadingHTTPServer(("0.0.0.0", 8025), Tell).serve_forever()
