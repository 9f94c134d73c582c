"""Checks that canvass and Hugging Face's own library share one cache of models.

    python tools/oracle/check_hub.py CANVASS

CANVASS is the built program. A hub on this computer serves one small made-up model, a part of it
by a redirect to another host. canvass downloads it, and huggingface_hub must find every file
without a network; then the other way round. Last, canvass goes on with half of a download. Exits 1
where one does not find what the other left.
"""

import hashlib
import http.server
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "org/tiny"
LARGE = 100_000
FILES = {
    "config.json": b'{"architectures": ["LlamaForCausalLM"]}',
    "tokenizer.json": b"{}",
    "model.safetensors": hashlib.shake_256(b"weights").digest(3_000_000),
}
WEIGHTS = hashlib.sha256(FILES["model.safetensors"]).hexdigest()


def git_sum(content):
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ranges = []  # of the store, as they were asked for

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.serve(b"")

    def do_GET(self):
        self.serve(None)

    def answer(self, status, headers, body, shown):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body if shown is None else shown)

    def serve(self, shown):
        name = self.path.rsplit("/", 1)[1]
        if self.path.startswith("/api/"):
            siblings = [{"rfilename": file} for file in FILES]
            body = json.dumps({"id": REPOSITORY, "sha": COMMIT, "siblings": siblings}).encode()
            self.answer(200, {"Content-Type": "application/json"}, body, shown)
        elif self.path.startswith("/store/"):
            asked = self.headers.get("Range")
            Hub.ranges.append(asked)
            start = int(asked.split("=")[1].split("-")[0]) if asked else 0
            size = len(FILES[name])
            headers = {"Content-Range": f"bytes {start}-{size - 1}/{size}"} if asked else {}
            self.answer(206 if asked else 200, headers, FILES[name][start:], shown)
        elif name not in FILES:
            self.answer(404, {"X-Error-Code": "EntryNotFound"}, b"", shown)
        elif len(FILES[name]) < LARGE:
            content = FILES[name]
            headers = {"ETag": f'"{git_sum(content)}"', "X-Repo-Commit": COMMIT}
            self.answer(200, headers, content, shown)
        else:
            store = f"http://localhost:{self.server.server_port}/store/{name}"
            headers = {"X-Repo-Commit": COMMIT, "X-Linked-Etag": f'"{WEIGHTS}"',
                       "X-Linked-Size": len(FILES[name]), "Location": store}
            self.answer(302, headers, b"", shown)


def run_canvass(program, *arguments, offline=False):
    environment = {**os.environ, "HF_HUB_OFFLINE": "1" if offline else "0"}
    finished = subprocess.run([program, "models", *arguments], env=environment, text=True,
                              capture_output=True)
    if finished.returncode != 0:
        sys.exit(f"canvass models {' '.join(arguments)}: {finished.stderr}")
    return finished.stdout


def leave_half(cache):
    blobs = cache / "models--org--tiny" / "blobs"
    blobs.mkdir(parents=True)
    half = FILES["model.safetensors"][: len(FILES["model.safetensors"]) // 2]
    (blobs / f"{WEIGHTS}.incomplete").write_bytes(half)


def use_cache(folder):
    os.environ["HF_HUB_CACHE"] = str(folder)
    return {"cache_dir": folder}


def download_all(library, cache):
    for name in FILES:
        library.hf_hub_download(REPOSITORY, name, **cache)


def check(condition, what):
    print("ok" if condition else "FAILED", what)
    if not condition:
        sys.exit(1)


def main():
    program = sys.argv[1]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ.update(HF_ENDPOINT=f"http://127.0.0.1:{server.server_port}", no_proxy="*",
                      HF_HUB_DISABLE_XET="1", HF_HUB_DISABLE_PROGRESS_BARS="1",
                      CANVASS_MODELS="/nonexistent")
    import huggingface_hub  # reads the settings above

    with tempfile.TemporaryDirectory() as folder:
        cache = use_cache(Path(folder) / "ours")
        run_canvass(program, "--fetch", REPOSITORY)
        snapshot = huggingface_hub.snapshot_download(REPOSITORY, local_files_only=True, **cache)
        found = {path.name: path.read_bytes() for path in Path(snapshot).iterdir()}
        check(found == FILES, "huggingface_hub finds what canvass downloaded")
        report = huggingface_hub.scan_cache_dir(**cache)
        check(not report.warnings and report.size_on_disk == sum(map(len, FILES.values())),
              "huggingface_hub takes its cache for intact")
        Hub.ranges.clear()
        download_all(huggingface_hub, cache)
        check(not Hub.ranges, "huggingface_hub downloads nothing again")

        cache = use_cache(Path(folder) / "theirs")
        download_all(huggingface_hub, cache)
        listed = json.loads(run_canvass(program, REPOSITORY, "--json", offline=True))
        check(listed[0]["commit"] == COMMIT and listed[0]["revisions"] == ["main"],
              "canvass finds what huggingface_hub downloaded")
        Hub.ranges.clear()
        run_canvass(program, "--fetch", REPOSITORY)
        check(not Hub.ranges, "canvass downloads nothing again")

        cache = use_cache(Path(folder) / "half")
        leave_half(Path(folder) / "half")
        Hub.ranges.clear()
        run_canvass(program, "--fetch", REPOSITORY)
        check(Hub.ranges == ["bytes=1500000-"], "canvass goes on with half a download")


if __name__ == "__main__":
    main()
