"""What `migrate` would do in one database: the migrations that it lacks, and what each of their operations does."""

import os
import sys

from .operations import State, describe, flatten, lines_of, note_created
from .server import table_size

# Facts of so many operations are written; a plan of more is a first one, of which none is judged.
MOST_OPERATIONS = 2000


def executor_of(connection):
    from django.db.migrations.executor import MigrationExecutor

    return MigrationExecutor(connection)


def full_name(migration):
    return "%s.%s" % (migration.app_label, migration.name)


def place_of(migration):
    module = sys.modules.get(type(migration).__module__)
    file = getattr(module, "__file__", None)
    return os.path.realpath(file) if file else None


def find_plan(executor, connection):
    """[(migration, backwards)] to the newest migration of each app."""
    from django.core.management import CommandError

    executor.loader.check_consistent_history(connection)
    conflicts = executor.loader.detect_conflicts()
    if conflicts:
        said = "; ".join("%s in %s" % (", ".join(sorted(names)), app) for app, names in sorted(conflicts.items()))
        raise CommandError("Conflicting migrations detected; multiple leaf nodes in the migration graph: (%s)." % said)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def describe_plan(connection, outcome):
    """{"fresh": nothing was ever migrated here, "migrations": [...]}, oldest first."""
    executor = executor_of(connection)
    plan = find_plan(executor, connection)
    fresh = not executor.loader.applied_migrations
    described = []
    created = set()
    sizes = {}
    state = None
    for migration, _ in plan:
        file = place_of(migration)
        own = bool(file) and outcome.owns(file)
        operations = []
        if not fresh and sum(len(one["operations"]) for one in described) < MOST_OPERATIONS:
            if state is None:
                state = executor._create_project_state(with_applied_migrations=True)
            operations = describe_operations(migration, file, state, connection, created, sizes)
        described.append(
            {
                "name": full_name(migration),
                "app": migration.app_label,
                "file": file,
                "own": own,
                "atomic": bool(migration.atomic),
                "count": len(migration.operations),
                "operations": operations,
            }
        )
    return {"fresh": fresh, "migrations": described}


def describe_operations(migration, file, state, connection, created, sizes):
    from django.db import router

    app = migration.app_label
    found = []
    for operation, line in zip(migration.operations, lines_of(file, len(migration.operations))):
        scratch = state.clone()
        for part, database, models, place in flatten(operation, line, file):
            # What the database does is seen in a state of its own, as Django does it.
            work = state if models else scratch
            before = State(work.clone() if database else work)
            part.state_forwards(app, work)
            if not database:
                continue
            facts = describe(part, app, before, State(work), connection, created)
            note_created(part, app, created)
            hints = {"model_name": facts["model"].lower()} if facts["model"] else getattr(part, "hints", {})
            if not facts["managed"] or not router.allow_migrate(connection.alias, app, **hints):
                facts["no_effect"] = True
            facts["line"] = place
            facts["size"] = size_of(facts, connection, sizes)
            found.append(facts)
    return found


def size_of(facts, connection, sizes):
    table = facts["table"]
    if not table or facts["new_table"] or facts["no_effect"]:
        return None
    if table not in sizes:
        sizes[table] = table_size(connection, table)
    return sizes[table]
