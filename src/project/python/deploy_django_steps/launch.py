"""Puts the steps where manage.py expects the command `collectstatic`, and a SECRET_KEY where the settings have none; ends the process."""

import os
import secrets
import sys
import threading

COMMAND = "collectstatic"


def install_command(handle, command=COMMAND):
    """Makes `manage.py collectstatic`, or another command, call `handle` once all apps are set up; every other command stays."""
    from django.core.management import ManagementUtility
    from django.core.management.base import BaseCommand

    class Steps(BaseCommand):
        requires_system_checks = []
        requires_migrations_checks = False

        def add_arguments(self, parser):
            parser.add_argument("--noinput", action="store_true")

        def handle(self, *args, **options):
            handle()

    fetch_command = ManagementUtility.fetch_command

    def fetch(utility, subcommand):
        if subcommand != command:
            return fetch_command(utility, subcommand)
        if utility.settings_exception is not None:
            raise utility.settings_exception
        return Steps()

    ManagementUtility.fetch_command = fetch


def fill_empty_secret_key(note):
    """Many production settings read SECRET_KEY with an empty default, and Django dies of it when it is first used."""
    from django.conf import Settings

    make = Settings.__init__

    def init(settings, module):
        make(settings, module)
        if not getattr(settings, "SECRET_KEY", None):
            settings.SECRET_KEY = secrets.token_urlsafe(50)
            note("SECRET_KEY")

    Settings.__init__ = init


def children():
    """Processes that multiprocessing would wait for at the end."""
    if "multiprocessing.process" not in sys.modules:
        return []
    return [one for one in sys.modules["multiprocessing.process"].active_children() if not one.daemon]


def end_what_runs():
    """Ends the process if threads or processes of the project would keep it without end: a scheduler in AppConfig.ready()."""
    main = threading.main_thread()
    threads = [one.name for one in threading.enumerate() if one is not main and not one.daemon]
    processes = children()
    for process in processes:
        process.terminate()
    kept = threads + [process.name for process in processes]
    if not kept:
        return
    print("Threads or processes of the project still run, and are ended: %s" % ", ".join(kept), file=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # The project has closed or replaced it.
            pass
    os._exit(0)
