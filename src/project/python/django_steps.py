"""Runs a Django project's own manage.py once, and in that one process: probe, checks, migrations, collectstatic.

    python django_steps.py REQUEST.json

REQUEST is {"manage_py": path, "project_root": path, "workspace": path of the checkout, "tracked": path of a list of what git
holds in it, "static_root": path to collect to, "outcome": path to write, "checks": bool, "migrations": bool, "only_start": bool}. The outcome is JSON, written anew after every step; src/project/django/outcome.ts
says what is in it. It goes to a file and never to stdout, because settings modules print. The project is started as manage.py
would start it (cwd, sys.path, argv[1] == "collectstatic") because settings modules read all of these. Standard library only;
Python 3.8 and Django 3.2 are the oldest that it meets.
"""

import json
import os
import runpy
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
while HERE in sys.path:
    sys.path.remove(HERE)
sys.path.insert(0, HERE)

from deploy_django_steps.divert import Diversion  # noqa: E402
from deploy_django_steps.launch import COMMAND, end_what_runs, fill_empty_secret_key, install_command  # noqa: E402
from deploy_django_steps.offline import Offline  # noqa: E402
from deploy_django_steps.outcome import Outcome  # noqa: E402
from deploy_django_steps.printed import Printed  # noqa: E402
from deploy_django_steps.reproducible import stop_gzip_clock  # noqa: E402
from deploy_django_steps.steps import folder_of, look_at_settings, run_steps  # noqa: E402

# From here on the project's own modules are found, and ours are loaded already.
sys.path.remove(HERE)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    outcome = Outcome(request["outcome"], request["project_root"], request["workspace"])
    manage_py = request["manage_py"]
    given_module = os.environ.get("DJANGO_SETTINGS_MODULE")
    os.chdir(os.path.dirname(manage_py))
    # `python manage.py` puts the folder of manage.py first, and where that is a link, the folder of what it links to.
    sys.path.insert(0, os.path.dirname(os.path.realpath(manage_py)))
    sys.argv = [os.path.basename(manage_py), COMMAND, "--noinput"]
    printed = Printed()
    printed.install()
    try:
        stop_gzip_clock()
        fill_empty_secret_key(lambda name: outcome.set("throw_away", [name]))
        # Before the settings are read, because apps ask for storages while they are imported.
        diversion = Diversion(Offline(os.path.dirname(request["outcome"])), folder_of(request))
        diversion.install()
        install_command(lambda: run_steps(request, outcome, given_module, diversion))
        runpy.run_path(manage_py, run_name="__main__")
    except (Exception, SystemExit) as error:
        printed.note(error)
        if not outcome.data.get("finished"):
            outcome.fail("start", error)
            look_at_settings(outcome, given_module)
    outcome.write()
    end_what_runs()


main()
