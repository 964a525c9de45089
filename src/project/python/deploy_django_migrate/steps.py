"""What is done once Django stands: a look at the databases, or the migrations themselves."""

import contextlib
import os
import sys
import time

from deploy_django_steps.steps import folder_of

from .lock import Lock, Taken
from .plan import describe_plan, full_name, place_of
from .operations import inner_lines, lines_of
from .server import check_tls, connect, failure, server_facts


def connection_to(alias):
    from django.db import connections

    return connections[alias]


def open_database(alias, outcome, entry, tls):
    """The connection, after the server has let in; None with its failure in the entry."""
    try:
        connection = connection_to(alias)
        entry["vendor"] = connection.vendor
        entry["engine"] = connection.settings_dict.get("ENGINE")
    except Exception as error:
        outcome.fail("driver", error)
        entry["failed"] = True
        return None
    if connection.vendor not in ("postgresql", "mysql"):
        return connection
    try:
        connect(connection)
        if tls and connection.vendor == "mysql":
            check_tls(connection)
        return connection
    except Exception as error:
        entry["refused"] = failure(connection, error)
        outcome.show(error, frames=False)
        return None


def describe_target(outcome, target):
    outcome.set("pointed", target.pointed)
    outcome.set("others", target.others)


def each_database(outcome, target, work):
    """Does the work for each database in turn, as far as it comes; what it finds out is in the outcome."""
    databases = []
    for alias in target.aliases:
        entry = {"alias": alias}
        databases.append(entry)
        outcome.set("databases", databases)
        connection = open_database(alias, outcome, entry, target.tls)
        outcome.write()
        if connection is None:
            return
        if not work(connection, entry):
            return
        outcome.write()
    outcome.set("finished", True)


def asked(connection, entry, outcome, name, work):
    """Keeps what the server says of its own; whether it said anything at all."""
    try:
        entry[name] = work()
        return True
    except Exception as error:
        from django.db.utils import DatabaseError, InterfaceError

        entry["refused" if isinstance(error, (DatabaseError, InterfaceError)) else "stopped"] = failure(connection, error)
        outcome.show(error)
        return False


def look(request, outcome, target):
    describe_target(outcome, target)

    def work(connection, entry):
        if connection.vendor in ("postgresql", "mysql"):
            if not asked(connection, entry, outcome, "server", lambda: server_facts(connection)):
                return False
        return asked(connection, entry, outcome, "plan", lambda: describe_plan(connection, outcome))

    each_database(outcome, target, work)


def migrate(request, outcome, target):
    describe_target(outcome, target)

    def work(connection, entry):
        entry["applied"] = []
        with locked(connection, request, entry, outcome) as held:
            if not held:
                return False
            return apply(connection, entry, outcome)

    folder = folder_of(request)("default")
    before = count_files(folder)
    each_database(outcome, target, work)
    outcome.set("stored", count_files(folder) - before)


def count_files(folder):
    """Files of a storage of the network, which are kept in a folder of this run: it has no keys."""
    return sum(len(files) for _, _, files in os.walk(folder))


@contextlib.contextmanager
def locked(connection, request, entry, outcome):
    """Yields whether migrations may run. A server that has no such locks is said and not waited for."""
    if connection.vendor not in ("postgresql", "mysql"):
        entry["lock"] = {"held": False, "reason": "this kind of database has no lock that the action knows"}
        yield True
        return
    lock = Lock(connection, request["holder"], request["lock_wait"])
    try:
        lock.__enter__()
    except Taken as taken:
        entry["lock"] = {"held": False, "taken_by": str(taken)}
        yield False
        return
    except Exception as error:
        entry["lock"] = {"held": False, "reason": str(error)}
        yield True
        return
    entry["lock"] = {"held": True, "waited_for": lock.waited_for}
    outcome.write()
    try:
        yield True
    finally:
        lock.__exit__(None, None, None)
        entry["lock"]["lost"] = lock.lost


@contextlib.contextmanager
def recorded(entry, outcome):
    """Notes each migration as Django has done it, whichever command of whichever app runs it."""
    from django.db.migrations.executor import MigrationExecutor

    apply_migration = MigrationExecutor.apply_migration

    def apply_and_note(executor, state, migration, *args, **options):
        # Django ends its own line only when the migration has ended, and a log shows whole lines.
        print("  %s begins" % full_name(migration), flush=True)
        began = time.monotonic()
        after = apply_migration(executor, state, migration, *args, **options)
        entry["applied"].append({"name": full_name(migration), "seconds": round(time.monotonic() - began, 3)})
        outcome.write()
        return after

    MigrationExecutor.apply_migration = apply_and_note
    try:
        yield
    finally:
        MigrationExecutor.apply_migration = apply_migration


def apply(connection, entry, outcome):
    """Runs the project's own command `migrate`, which a package may have replaced."""
    from django.core.management import call_command

    queries = 0

    def count(execute, sql, parameters, many, context):
        nonlocal queries
        queries += 1
        return execute(sql, parameters, many, context)

    try:
        with recorded(entry, outcome), connection.execute_wrapper(count):
            call_command("migrate", database=connection.alias, interactive=False, verbosity=1)
        entry["statements"] = queries
        return True
    except (Exception, SystemExit) as error:
        entry["broke"] = {**failure(connection, error), **broken_at(error)}
        entry["broke"]["transactional_ddl"] = bool(connection.features.can_rollback_ddl)
        sys.stdout.flush()
        outcome.show(error)
        return False


def broken_at(error):
    """The migration and the operation that raised it, read off the frames of Django that ran them."""
    found = {"migration": None, "file": None, "line": None, "operation": None, "done": 0, "total": 0, "atomic": True}
    trace = error.__traceback__
    while trace is not None:
        code, names = trace.tb_frame.f_code, trace.tb_frame.f_locals
        if code.co_filename.endswith("migrations/migration.py".replace("/", "\\" if "\\" in code.co_filename else "/")):
            note_migration(found, names.get("self"), names.get("operation"))
        inner = names.get("database_operation")
        if inner is not None and code.co_name == "database_forwards":
            note_inner(found, names.get("self"), inner)
        trace = trace.tb_next
    return found


def note_migration(found, migration, operation):
    if migration is None or not hasattr(migration, "operations"):
        return
    file = place_of(migration)
    operations = list(migration.operations)
    found.update({"migration": full_name(migration), "file": file, "total": len(operations), "atomic": bool(migration.atomic)})
    at = next((index for index, one in enumerate(operations) if one is operation), None)
    if at is not None:
        found.update({"done": at, "line": lines_of(file, len(operations))[at], "operation": operation.describe()})


def note_inner(found, outer, inner):
    operations = list(getattr(outer, "database_operations", []) or [])
    at = next((index for index, one in enumerate(operations) if one is inner), None)
    if at is not None and found["line"]:
        found.update({"line": inner_lines(found["file"], found["line"], len(operations))[at], "operation": inner.describe()})
