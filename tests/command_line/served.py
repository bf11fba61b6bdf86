# SPDX-License-Identifier: Apache-2.0
"""A folder behind an HTTP server of our own."""

import http.server
import threading


def serve(test, folder, tells=None):
    """The server's address until the test ends. `tells`: headers to send in place of Last-Modified."""
    class Server(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def send_header(self, name, value):
            if tells is None or name != "Last-Modified":
                super().send_header(name, value)

        def end_headers(self):
            for name, value in () if tells is None else tells.items():
                super().send_header(name, value)
            super().end_headers()

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    test.addCleanup(server.server_close)
    test.addCleanup(server.shutdown)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
