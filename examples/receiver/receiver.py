#!/usr/bin/env python3
"""What a deploy hook calls on a server of your own: puts a commit of one repository live, and says how it goes.

    POST /deploy             {"sha": "<commit>"}: puts this commit live
    POST /rollback           the same; without a commit it is the release before the live one
    GET  /deployments/<id>   how it goes: {"deployment": {"id", "state", "commit", "reason"}}
    GET  /deployments/<id>/log   after a failure: the last lines of the step that failed, or of the app that did not start

It needs Python 3.10 and git, and no packages. Every POST has to be signed with the secret, as GitHub signs its webhooks. It listens
on this machine alone: a web server with a certificate stands before it. docs/hosts/hook.md has the whole setup.
"""

import hashlib
import hmac
import io
import json
import os
import queue
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import tarfile
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

MOST_BYTES = 64 * 1024
MOST_SECONDS = 30 * 60
KEPT_RELEASES = 5
KEPT_DEPLOYS = 100
#: What is shown of a log.
MOST_LINES = 20
MOST_CHARACTERS = 500
#: Variables with such names hold what nobody may read in a log.
SECRET_NAME = re.compile(r"SECRET|KEY|TOKEN|PASS|PWD|CREDENTIAL|DSN|_UR[LI]$")


class Failed(Exception):
    """A deploy that cannot go on; message and lines are shown to whoever asks how it goes."""

    def __init__(self, message, lines=()):
        super().__init__(message)
        self.lines = list(lines)


def read_lines(stream, lines, show):
    """Keeps the last lines of what a command prints, and shows all of them in the receiver's log."""
    for line in iter(lambda: stream.readline(MOST_BYTES), b""):
        text = line.decode(errors="replace").rstrip("\r\n")
        lines.append(text)
        if show:
            print(text, flush=True)


def secrets_of(env):
    """The values of variables that may be secrets, longest first, and each line of those that have several."""
    values = {value for name, value in env.items() if SECRET_NAME.search(name.upper())}
    parts = values | {line for value in values for line in value.splitlines()}
    return sorted((part for part in parts if len(part) >= 6), key=len, reverse=True)


def without_secrets(lines, known):
    for line in lines:
        for secret in known:
            line = line.replace(secret, "***")
        # User, password or token in any other URL.
        line = re.sub(r"://[^\s/@]+@", "://***@", line)
        # A cut before would leave the half of a secret.
        yield line[:MOST_CHARACTERS]


@dataclass
class Settings:
    root: Path
    repository: str
    branch: str
    restart: str
    install: str
    #: Prints the app's log.
    log: str
    secret: bytes
    port: int

    @classmethod
    def read(cls, env):
        names = ("DEPLOY_ROOT", "DEPLOY_REPOSITORY", "DEPLOY_RESTART", "DEPLOY_SECRET")
        missing = [name for name in names if not env.get(name)]
        if missing:
            sys.exit(f"Set {', '.join(missing)} in the environment of the receiver.")
        if len(env["DEPLOY_SECRET"]) < 32:
            sys.exit("DEPLOY_SECRET has less than 32 characters. Make one: openssl rand -hex 32")
        return cls(
            root=Path(env["DEPLOY_ROOT"]).resolve(),
            repository=env["DEPLOY_REPOSITORY"],
            branch=env.get("DEPLOY_BRANCH", "main"),
            restart=env["DEPLOY_RESTART"],
            install=env.get("DEPLOY_INSTALL", "pip install --quiet -r requirements.txt"),
            log=env.get("DEPLOY_LOG", ""),
            secret=env["DEPLOY_SECRET"].encode(),
            port=int(env.get("DEPLOY_PORT", "9000")),
        )


@dataclass
class Deploy:
    id: str
    #: Empty: the release before the live one.
    commit: str
    state: str = "queued"
    reason: str = ""
    log: list = field(default_factory=list)


class Server:
    """The releases of one project: a folder each, and a link to the one that is live."""

    def __init__(self, settings):
        self.settings = settings
        self.clone = settings.root / "repository.git"
        self.releases = settings.root / "releases"
        self.current = settings.root / "current"
        self.releases.mkdir(parents=True, exist_ok=True)

    def run(self, step, command, cwd, **env):
        """Runs a command without the secret in its environment; what it prints is in the receiver's log."""
        print(f"{step}: {shlex.join(command)}", flush=True)
        own = {name: value for name, value in os.environ.items() if not name.startswith("DEPLOY_")}
        lines = deque(maxlen=MOST_LINES)
        try:
            process = subprocess.Popen(
                command, cwd=cwd, env={**own, **env}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
        except OSError as error:
            raise Failed(f"{step} did not begin: {error}") from error
        reader = threading.Thread(target=read_lines, args=(process.stdout, lines, True), daemon=True)
        reader.start()
        try:
            process.wait(MOST_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise Failed(f"{step} did not end in {MOST_SECONDS // 60} minutes", lines) from error
        # An app that this command has left running may hold its output open.
        reader.join(1)
        if process.returncode != 0:
            raise Failed(f"{step} ended with {process.returncode}", lines)

    def app_log(self):
        """The last lines of the app's log, where a command prints it."""
        lines = deque(maxlen=MOST_LINES)
        if self.settings.log:
            command = shlex.split(self.settings.log)
            try:
                found = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=10)
                read_lines(io.BytesIO(found.stdout), lines, False)
            except (subprocess.TimeoutExpired, OSError) as error:
                lines.append(f"DEPLOY_LOG does not show the app's log: {error}")
        return lines

    def fetch(self, commit):
        """Gets the branch, and refuses what is not on it: whoever has the secret still deploys nothing that nobody merged."""
        branch = f"refs/heads/{self.settings.branch}"
        if not self.clone.exists():
            self.run("git init", ["git", "init", "--quiet", "--bare", str(self.clone)], self.settings.root)
        self.run("git fetch", ["git", "fetch", "--quiet", "--force", self.settings.repository, f"{branch}:{branch}"], self.clone)
        found = subprocess.run(["git", "merge-base", "--is-ancestor", commit, branch], cwd=self.clone, capture_output=True)
        if found.returncode != 0:
            raise Failed(f"{commit} is not on the branch {self.settings.branch}")

    def build(self, commit):
        """The folder of a release with its own packages, as far as it can be made while the one before is live."""
        folder = self.releases / commit
        if (folder / "release.env").exists():
            return folder
        self.fetch(commit)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=self.clone, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            # Python 3.10 and 3.11 know the filter in their later releases alone.
            files.extractall(folder, **({"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}))
        self.run("python -m venv", [sys.executable, "-m", "venv", ".venv"], folder)
        self.run("install", shlex.split(self.settings.install), folder, **self.environment(folder))
        self.manage(folder, "collectstatic", "--noinput")
        (folder / "release.env").write_text(f"RELEASE={commit}\n")
        return folder

    def environment(self, folder):
        programs = folder / ".venv" / "bin"
        return {"PATH": f"{programs}:{os.environ['PATH']}", "VIRTUAL_ENV": str(folder / ".venv")}

    def manage(self, folder, *words):
        found = sorted(folder.glob("manage.py")) + sorted(folder.glob("*/manage.py"))
        if not found:
            raise Failed("there is no manage.py at the root of the repository or one folder below")
        command = [str(folder / ".venv" / "bin" / "python"), found[0].name, *words]
        self.run(f"manage.py {words[0]}", command, found[0].parent, **self.environment(folder))

    def switch(self, folder):
        """Leads the link to a release in one step, so that at no time there is none."""
        link = self.settings.root / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(folder)
        os.replace(link, self.current)
        self.run("restart", shlex.split(self.settings.restart), self.settings.root)

    def live(self):
        return self.current.resolve() if self.current.exists() else None

    def history(self):
        """The commits that were live, the live one last. What a rollback left is not among them: nobody goes back to it."""
        names = self.settings.root / "history"
        return names.read_text().split() if names.exists() else []

    def before(self):
        """The commit that was live before the live one."""
        *earlier, _live = self.history() or [""]
        if not earlier:
            raise Failed("there is no release before the live one")
        return earlier[-1]

    def remember(self, commit, goes_back):
        known = self.history()
        if goes_back and commit in known:
            known = known[: known.index(commit)]
        known = [name for name in known if name != commit] + [commit]
        new = self.settings.root / "history.new"
        new.write_text("\n".join(known[-KEPT_DEPLOYS:]) + "\n")
        os.replace(new, self.settings.root / "history")

    def deploy(self, commit, goes_back):
        """Puts a commit live; if it does not start, the release before is put back."""
        live = self.live()
        folder = self.build(commit)
        self.manage(folder, "migrate", "--noinput")
        try:
            self.switch(folder)
        except Failed as failed:
            # Before the app that runs has written more.
            failed.lines += self.app_log()
            if live is not None:
                self.switch(live)
            raise
        self.remember(commit, goes_back)
        self.prune({folder, live})

    def prune(self, needed):
        folders = sorted(self.releases.iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for folder in folders[KEPT_RELEASES:]:
            if folder not in needed:
                shutil.rmtree(folder, ignore_errors=True)


class Deploys:
    """One deploy at a time. Of those that wait only the newest is run."""

    def __init__(self, server):
        self.server = server
        self.known = {}
        self.waiting = queue.Queue()
        threading.Thread(target=self.work, daemon=True).start()

    def add(self, commit, goes_back):
        deploy = Deploy(id=secrets.token_urlsafe(16), commit=commit)
        self.known[deploy.id] = deploy
        for old in list(self.known)[:-KEPT_DEPLOYS]:
            del self.known[old]
        self.waiting.put((deploy, goes_back))
        return deploy

    def work(self):
        while True:
            deploy, goes_back = self.waiting.get()
            if not self.waiting.empty():
                deploy.state = "superseded"
                continue
            deploy.state = "running"
            try:
                deploy.commit = deploy.commit or self.server.before()
                self.server.deploy(deploy.commit, goes_back)
                deploy.state = "live"
            except Failed as error:
                known = secrets_of(os.environ)
                deploy.log = list(without_secrets(error.lines[-MOST_LINES:], known))
                deploy.reason, deploy.state = str(error), "failed"
            except Exception as error:  # A fault of one deploy must not end all later ones.
                deploy.reason, deploy.state = f"{type(error).__name__}: {error}", "failed"
            print(f"{deploy.commit}: {deploy.state} {deploy.reason}", flush=True)


def handler_for(settings, deploys):
    class Handler(BaseHTTPRequestHandler):
        #: Seconds for which a client may be silent.
        timeout = 20

        def answer(self, status, content):
            self.send(status, "application/json", json.dumps(content))

        def send(self, status, kind, text):
            body = text.encode(errors="replace")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def is_signed(self, body):
            wanted = "sha256=" + hmac.new(settings.secret, body, hashlib.sha256).hexdigest()
            given = self.headers.get("X-Hub-Signature-256", "")
            return hmac.compare_digest(wanted.encode(), given.encode("latin-1", "replace"))

        def do_POST(self):
            if self.path not in ("/deploy", "/rollback"):
                return self.answer(404, {"error": "POST to /deploy or /rollback"})
            length = self.headers.get("Content-Length", "")
            if not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > MOST_BYTES:
                return self.answer(413, {"error": f"the body needs a Content-Length of at most {MOST_BYTES}"})
            body = self.rfile.read(int(length))
            if not self.is_signed(body):
                return self.answer(401, {"error": "the signature is missing or wrong: compare the secret here and there"})
            try:
                commit = json.loads(body)["sha"]
            except (ValueError, KeyError, TypeError):
                commit = None
            goes_back = self.path == "/rollback"
            if not isinstance(commit, str) or not re.fullmatch(r"[0-9a-f]{40}", commit) and not (goes_back and commit == ""):
                return self.answer(400, {"error": 'the body has to be {"sha": "<40 hex digits>"}'})
            self.answer(202, self.shown(deploys.add(commit, goes_back)))

        def do_GET(self):
            # An id cannot be guessed, and what it shows is no secret.
            name, _, part = self.path.removeprefix("/deployments/").partition("/")
            deploy = deploys.known.get(name)
            if deploy is None or part not in ("", "log"):
                return self.answer(404, {"error": "there is no such deployment (any more)"})
            if part == "log":
                return self.send(200, "text/plain; charset=utf-8", "\n".join(deploy.log))
            self.answer(200, self.shown(deploy))

        def shown(self, deploy):
            return {"deployment": {name: value for name, value in vars(deploy).items() if name != "log"}}

    return Handler


def main():
    settings = Settings.read(os.environ)
    server = Server(settings)
    http = ThreadingHTTPServer(("127.0.0.1", settings.port), handler_for(settings, Deploys(server)))
    print(f"The receiver listens on 127.0.0.1:{http.server_port}", flush=True)
    http.serve_forever()


if __name__ == "__main__":
    main()
