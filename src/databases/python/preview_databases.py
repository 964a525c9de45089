"""Makes, finds, marks, lists and drops the databases of previews, with any driver that Python has.

It needs neither Django nor the project. The request is JSON in the variable DEPLOY_DJANGO_DATABASES, so that its password is in
no file; the answer is one line of JSON.
"""

import json
import os
import signal
import sys
import time

from deploy_django_databases import mysql, postgresql

servers = {"postgresql": postgresql, "mysql": mysql}

# Another run may stand between making the same database and marking it.
LOOKS = 10
PAUSE = 0.2
# Seconds after which a server that still says nothing is given up: the system ends the process.
LONGEST = 300


def is_ours(mark, request):
    """Whether a mark is that of the request, prepared or not."""
    return mark is not None and mark in (request["mark"], request["prepared"])


def make(server, request):
    """Makes the database, or finds the one that this action made for the same preview."""
    name = request["name"]
    if not server.exists(name):
        # Whoever cancels the run must not leave a database without its mark.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        if server.create(name):
            server.set_mark(name, request["mark"])
            return {"state": "made", "mark": request["mark"]}
    for look in range(LOOKS):
        mark = server.mark(name)
        if mark is not None:
            break
        time.sleep(PAUSE)
    return {"state": "found" if is_ours(mark, request) else "taken", "mark": mark}


def prepared(server, request):
    """Remembers that the database was migrated and seeded."""
    if not is_ours(server.mark(request["name"]), request):
        return {"state": "taken", "mark": None}
    server.set_mark(request["name"], request["prepared"])
    return {"state": "found", "mark": request["prepared"]}


def drop(server, request):
    """Drops the database, if it is there and its mark is that of the request."""
    name = request["name"]
    if not server.exists(name):
        return {"state": "gone", "mark": None}
    mark = server.mark(name)
    if not is_ours(mark, request):
        return {"state": "taken", "mark": mark}
    server.drop(name)
    return {"state": "dropped", "mark": mark}


def find(server, request):
    """Every database with a mark of this action."""
    return {"state": "found", "mark": None, "marks": server.marks(request["start"])}


def look(server, request):
    """What is known of the user's rights, and of the database, if there is one of that name."""
    name = request["name"]
    there = name is not None and server.exists(name)
    mark = server.mark(name) if there else None
    state = "gone" if not there else "found" if is_ours(mark, request) else "taken"
    return {"state": state, "mark": mark, "rights": server.rights()}


actions = {"make": make, "prepared": prepared, "drop": drop, "find": find, "look": look}


def answer(request):
    module = servers[request["engine"]]
    driver = module.driver()
    if driver is None:
        return {"no_driver": True}
    # How messages name the server; nobody has told it before the connection stands.
    named = {}
    try:
        server = module.Server(driver, request)
        try:
            named = {"product": server.product()}
            return {"done": actions[request["do"]](server, request), **named}
        finally:
            server.close()
    except driver.Error as error:
        return {"failure": module.failure(error), **named}


if __name__ == "__main__":
    if hasattr(signal, "alarm"):
        signal.alarm(LONGEST)
    print(json.dumps(answer(json.loads(os.environ.pop("DEPLOY_DJANGO_DATABASES")))))
    sys.stdout.flush()
