# SPDX-License-Identifier: Apache-2.0
"""An object store as S3 is one, on this machine: GET with ranges, HEAD, lists, keys, and what was asked of it."""

import email.utils
import hashlib
import http.server
import re
import threading
import time
import urllib.parse

KEY, SECRET = "AKIAZONERANKTEST", "s3cret/Zonerank+Key"


class Store:
    """Objects by name in one bucket, `bucket`. Every request is kept in `asked` as (method, object, range).

    private: who asks has to have the key. broken: what is answered to everything (status, code, text).
    busy: how many requests are still answered with 503. lasts: after how many requests an object is answered
    with 500 for good."""

    def __init__(self):
        self.reset()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reset(self):
        self.objects, self.asked, self.private, self.broken, self.busy, self.lasts = {}, [], False, None, 0, {}

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def put(self, name, data, when=1_700_000_000):
        self.objects[name] = (bytes(data), when)

    def environment(self, key=None, secret=SECRET):
        """What GDAL has to know; without a key it asks unsigned."""
        found = {"AWS_S3_ENDPOINT": f"127.0.0.1:{self.server.server_port}", "AWS_HTTPS": "NO",
                 "AWS_VIRTUAL_HOSTING": "FALSE", "AWS_EC2_METADATA_DISABLED": "TRUE", "AWS_REGION": "us-east-1",
                 "AWS_CONFIG_FILE": "/nonexistent", "AWS_SHARED_CREDENTIALS_FILE": "/nonexistent"}
        return {**found, **({"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret} if key else
                            {"AWS_NO_SIGN_REQUEST": "YES"})}

    def listed(self, query):
        """ListBucketResult: what begins with a prefix, folders once."""
        prefix, delimiter = query.get("prefix", [""])[0], query.get("delimiter", [""])[0]
        files, folders = "", set()
        for name, (data, when) in sorted(self.objects.items()):
            if not name.startswith(prefix):
                continue
            rest = name[len(prefix):]
            if delimiter and delimiter in rest:
                folders.add(prefix + rest.split(delimiter)[0] + delimiter)
                continue
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(when))
            files += (f"<Contents><Key>{name}</Key><LastModified>{stamp}</LastModified><ETag>\"{etag(data)}\"</ETag>"
                      f"<Size>{len(data)}</Size><StorageClass>STANDARD</StorageClass></Contents>")
        files += "".join(f"<CommonPrefixes><Prefix>{name}</Prefix></CommonPrefixes>" for name in sorted(folders))
        return (f'<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>bucket</Name><Prefix>{prefix}</Prefix>'
                f"<MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>{files}</ListBucketResult>").encode()


def etag(data):
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def handler_of(store):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def refuse(self, status, code, text):
            self.reply(status, f"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{text}</Message></Error>".encode(),
                       {"Content-Type": "application/xml"})

        def reply(self, status, body, headers):
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def may(self):
            """Whether whoever asks has the key, where one is needed."""
            signed = self.headers.get("Authorization", "")
            if signed and f"Credential={KEY}/" not in signed:
                self.refuse(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.")
                return False
            if store.private and not signed:
                self.refuse(403, "AccessDenied", "Access Denied")
                return False
            return True

        def do_GET(self):
            url = urllib.parse.urlsplit(self.path)
            parts = urllib.parse.unquote(url.path).split("/", 2)
            name = parts[2] if len(parts) > 2 else ""
            wanted = self.headers.get("Range")
            store.asked.append((self.command, name, wanted))
            if store.broken:
                return self.refuse(*store.broken)
            if store.busy > 0:
                store.busy -= 1
                return self.refuse(503, "SlowDown", "Please reduce your request rate.")
            if name in store.lasts:
                store.lasts[name] -= 1
                if store.lasts[name] < 0:
                    return self.refuse(500, "InternalError", "We encountered an internal error. Please try again.")
            if not self.may():
                return None
            if parts[1] != "bucket":
                return self.refuse(404, "NoSuchBucket", "The specified bucket does not exist")
            if not name:
                return self.reply(200, store.listed(urllib.parse.parse_qs(url.query)), {"Content-Type": "application/xml"})
            if name not in store.objects:
                return self.refuse(404, "NoSuchKey", "The specified key does not exist.")
            return self.send(*store.objects[name], wanted)

        do_HEAD = do_GET

        def send(self, data, when, wanted):
            headers = {"ETag": f'"{etag(data)}"', "Last-Modified": email.utils.formatdate(when, usegmt=True),
                       "Accept-Ranges": "bytes", "Content-Type": "binary/octet-stream"}
            found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted or "")
            if not found:
                return self.reply(200, data, headers)
            first, last = int(found[1]), min(int(found[2] or len(data) - 1), len(data) - 1)
            if first >= len(data):
                return self.refuse(416, "InvalidRange", "The requested range is not satisfiable")
            headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
            return self.reply(206, data[first:last + 1], headers)

    return Handler
