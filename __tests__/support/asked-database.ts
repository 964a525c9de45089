import { join } from 'node:path';
import type { Venv } from '../../demo/parts/python.ts';
import { type DeployError, toDeployError } from '../../src/core/errors.ts';
import { Secret } from '../../src/lib/secret.ts';
import { buildEnvironment } from '../../src/project/checkout/build-environment.ts';
import { askDatabase, type DatabaseRequest } from '../../src/project/migrate/ask-database.ts';
import { throwFailure } from '../../src/project/migrate/migration-failures.ts';
import { migrationFindings } from '../../src/project/migrate/migration-findings.ts';
import type { MigrationOutcome } from '../../src/project/migrate/migration-outcome.ts';
import type { Finding } from '../../src/report/finding.ts';
import { runnerExec } from '../../src/runner/runner-exec.ts';
import { shellIO, tempFolder } from './project.ts';
import { readSteps } from './steps.ts';

/** What the run learns of a project's databases. */
export interface Asked {
  readonly outcome: MigrationOutcome;
  readonly error: DeployError | undefined;
  readonly findings: Finding[];
  readonly log: string;
}

export interface AskOptions extends Partial<Pick<DatabaseRequest, 'mode' | 'wait'>> {
  readonly env?: Readonly<Record<string, string>>;
}

/** Asks a real database with a project's own Django, without install and bundle. */
export async function askDatabaseOf(
  venv: Venv,
  root: string,
  url: string | undefined,
  { mode = 'look', wait = 20_000, env = {} }: AskOptions = {},
): Promise<Asked> {
  const io = shellIO(runnerExec);
  const scratch = tempFolder();
  const migrated = {
    python: { program: venv.python, env: buildEnvironment(process.env, env) },
    managePy: join(root, 'manage.py'),
    projectRoot: root,
    staticRoot: join(scratch, 'static'),
    madeUp: [],
  };
  const request = {
    mode,
    url: url === undefined ? undefined : new Secret(url),
    holder: 'acme/shop run 7.1',
    wait,
    scratch,
  };
  const outcome = await askDatabase(io, readSteps(), migrated, request);
  const error = (() => {
    try {
      throwFailure(outcome, root);
      return undefined;
    } catch (thrown) {
      return toDeployError(thrown);
    }
  })();
  const findings = (outcome.databases ?? []).flatMap((one) => migrationFindings(one, { workspace: root, madeUp: [] }));
  return { outcome, error, findings, log: io.shown() };
}
