"""Asks the database of a Django project what `migrate` would do, or runs it, in a process that manage.py starts.

    python django_migrate.py REQUEST.json

REQUEST is {"mode": "look" or "run", "manage_py": path, "project_root": path, "static_root": path of the collected files,
"outcome": path to write, "holder": who holds the lock, "lock_wait": seconds, "progress": path of a file to which lines are added}.
The outcome is JSON, written anew after every step; src/project/migrate/migration-outcome.ts says what is in it. The URL of the
database comes in the variable DATABASE_URL and stands in no file. Standard library only; Python 3.8 and Django 3.2 are the oldest
that it meets.
"""

import json
import os
import runpy
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
while HERE in sys.path:
    sys.path.remove(HERE)
sys.path.insert(0, HERE)

from deploy_django_migrate.steps import look, migrate  # noqa: E402
from deploy_django_migrate.target import Target  # noqa: E402
from deploy_django_steps.divert import Diversion  # noqa: E402
from deploy_django_steps.launch import end_what_runs, fill_empty_secret_key, install_command  # noqa: E402
from deploy_django_steps.offline import Offline  # noqa: E402
from deploy_django_steps.outcome import Outcome  # noqa: E402
from deploy_django_steps.steps import folder_of  # noqa: E402

# From here on the project's own modules are found, and ours are loaded already.
sys.path.remove(HERE)

COMMAND = "migrate"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    outcome = Outcome(request["outcome"], request["project_root"])
    manage_py = request["manage_py"]
    os.chdir(os.path.dirname(manage_py))
    sys.path.insert(0, os.path.dirname(os.path.realpath(manage_py)))
    sys.argv = [os.path.basename(manage_py), COMMAND, "--noinput"]
    target = Target(os.environ.get("DATABASE_URL") or None)
    work = look if request["mode"] == "look" else migrate
    try:
        fill_empty_secret_key(lambda name: outcome.set("throw_away", [name]))
        target.install()
        # Before the settings are read, because apps ask for storages while they are imported.
        Diversion(Offline(os.path.dirname(request["outcome"])), folder_of(request)).install()
        install_command(lambda: work(request, outcome, target), COMMAND)
        runpy.run_path(manage_py, run_name="__main__")
    except (Exception, SystemExit) as error:
        if not outcome.data.get("finished"):
            outcome.fail("start", error)
    outcome.write()
    end_what_runs()


main()
