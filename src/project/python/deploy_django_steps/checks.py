"""What `check --deploy` finds, and what `makemigrations --check` would write; neither needs a database."""

import inspect
import os

from .model_differences import differences_of
from .outcome import real_path


def run_checks():
    """Messages of `check --deploy` that are not silenced: level, id, text, and the file of their model or app."""
    from django.core import checks

    found = []
    for message in checks.run_checks(include_deployment_checks=True):
        if message.is_silenced():
            continue
        file = line = None
        if inspect.isclass(message.obj):
            try:
                file = real_path(inspect.getsourcefile(message.obj))
                line = inspect.getsourcelines(message.obj)[1]
            except (OSError, TypeError):
                pass
        found.append(
            {
                "level": message.level,
                "id": message.id,
                "text": str(message.msg),
                "hint": str(message.hint) if message.hint else None,
                "object": str(message.obj) if message.obj is not None else None,
                "file": file,
                "line": line,
            }
        )
    return found


def find_model_changes(outcome):
    """What `makemigrations --check` would write, by app, and conflicting leaf migrations."""
    from django.utils import translation

    # As makemigrations itself does it: names of models are in migrations as they are written, whatever the site's language.
    with translation.override(None):
        return compare_models(outcome)


def compare_models(outcome):
    from django.apps import apps
    from django.core.management.commands.makemigrations import Command
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None, ignore_no_migrations=True)
    # Without one order there is no state to compare with.
    conflicts = {app: sorted(names) for app, names in loader.detect_conflicts().items()}
    if conflicts:
        return {"changes": [], "conflicts": conflicts}
    autodetector = getattr(Command, "autodetector", MigrationAutodetector)
    state = loader.project_state()
    detector = autodetector(state, ProjectState.from_apps(apps), MigrationQuestioner(dry_run=True))
    changes = detector.changes(graph=loader.graph)
    found = []
    for label in sorted(changes):
        operations = [operation for migration in changes[label] for operation in migration.operations]
        differences, sql = differences_of(label, operations, state, detector.deep_deconstruct)
        path = apps.get_app_config(label).path
        models = os.path.join(path, "models.py")
        found.append(
            {
                "app": label,
                "own": outcome.owns(os.path.join(path, "__init__.py")) or outcome.owns(models),
                "file": os.path.realpath(models) if os.path.isfile(models) else None,
                "operations": [operation.describe() for operation in operations],
                "differences": differences,
                "sql": sql,
            }
        )
    return {"changes": found, "conflicts": {}}
