import migrateFields from '../project/python/deploy_django_migrate/fields.py';
import migrateLock from '../project/python/deploy_django_migrate/lock.py';
import migrateOperations from '../project/python/deploy_django_migrate/operations.py';
import migratePlan from '../project/python/deploy_django_migrate/plan.py';
import migrateServer from '../project/python/deploy_django_migrate/server.py';
import migrateSteps from '../project/python/deploy_django_migrate/steps.py';
import migrateTarget from '../project/python/deploy_django_migrate/target.py';
import checks from '../project/python/deploy_django_steps/checks.py';
import collect from '../project/python/deploy_django_steps/collect.py';
import debugOff from '../project/python/deploy_django_steps/debug_off.py';
import divert from '../project/python/deploy_django_steps/divert.py';
import diverted from '../project/python/deploy_django_steps/diverted.py';
import earlyNames from '../project/python/deploy_django_steps/early_names.py';
import launch from '../project/python/deploy_django_steps/launch.py';
import missing from '../project/python/deploy_django_steps/missing.py';
import missingFiles from '../project/python/deploy_django_steps/missing_files.py';
import modelDifferences from '../project/python/deploy_django_steps/model_differences.py';
import namedBySettings from '../project/python/deploy_django_steps/named_by_settings.py';
import offline from '../project/python/deploy_django_steps/offline.py';
import outcome from '../project/python/deploy_django_steps/outcome.py';
import ownModules from '../project/python/deploy_django_steps/own_modules.py';
import pipeline from '../project/python/deploy_django_steps/pipeline.py';
import printed from '../project/python/deploy_django_steps/printed.py';
import probe from '../project/python/deploy_django_steps/probe.py';
import relocated from '../project/python/deploy_django_steps/relocated.py';
import remote from '../project/python/deploy_django_steps/remote.py';
import reproducible from '../project/python/deploy_django_steps/reproducible.py';
import required from '../project/python/deploy_django_steps/required.py';
import serving from '../project/python/deploy_django_steps/serving.py';
import settingsSource from '../project/python/deploy_django_steps/settings_source.py';
import sourceFaults from '../project/python/deploy_django_steps/source_faults.py';
import staticSources from '../project/python/deploy_django_steps/static_sources.py';
import insideDjango from '../project/python/deploy_django_steps/steps.py';
import storages from '../project/python/deploy_django_steps/storages.py';
import templates from '../project/python/deploy_django_steps/templates.py';
import traces from '../project/python/deploy_django_steps/traces.py';
import unmade from '../project/python/deploy_django_steps/unmade.py';
import startMigrate from '../project/python/django_migrate.py';
import start from '../project/python/django_steps.py';

/** The Python files as the bundle holds them, by the paths at which they find one another. */
export const steps = {
  'django_steps.py': start,
  'deploy_django_migrate/fields.py': migrateFields,
  'deploy_django_migrate/lock.py': migrateLock,
  'deploy_django_migrate/operations.py': migrateOperations,
  'deploy_django_migrate/plan.py': migratePlan,
  'deploy_django_migrate/server.py': migrateServer,
  'deploy_django_migrate/steps.py': migrateSteps,
  'deploy_django_migrate/target.py': migrateTarget,
  'django_migrate.py': startMigrate,
  'deploy_django_steps/divert.py': divert,
  'deploy_django_steps/diverted.py': diverted,
  'deploy_django_steps/debug_off.py': debugOff,
  'deploy_django_steps/early_names.py': earlyNames,
  'deploy_django_steps/missing_files.py': missingFiles,
  'deploy_django_steps/offline.py': offline,
  'deploy_django_steps/relocated.py': relocated,
  'deploy_django_steps/remote.py': remote,
  'deploy_django_steps/checks.py': checks,
  'deploy_django_steps/collect.py': collect,
  'deploy_django_steps/launch.py': launch,
  'deploy_django_steps/missing.py': missing,
  'deploy_django_steps/model_differences.py': modelDifferences,
  'deploy_django_steps/named_by_settings.py': namedBySettings,
  'deploy_django_steps/outcome.py': outcome,
  'deploy_django_steps/own_modules.py': ownModules,
  'deploy_django_steps/pipeline.py': pipeline,
  'deploy_django_steps/printed.py': printed,
  'deploy_django_steps/probe.py': probe,
  'deploy_django_steps/required.py': required,
  'deploy_django_steps/reproducible.py': reproducible,
  'deploy_django_steps/settings_source.py': settingsSource,
  'deploy_django_steps/source_faults.py': sourceFaults,
  'deploy_django_steps/serving.py': serving,
  'deploy_django_steps/static_sources.py': staticSources,
  'deploy_django_steps/steps.py': insideDjango,
  'deploy_django_steps/storages.py': storages,
  'deploy_django_steps/templates.py': templates,
  'deploy_django_steps/traces.py': traces,
  'deploy_django_steps/unmade.py': unmade,
} as const;
