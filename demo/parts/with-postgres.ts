import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPostgres } from './postgres.ts';

/** A PostgreSQL for the sample project, and the lines by which it uses it. */
export interface WithPostgres {
  readonly url: string;
  /** Inputs of the action that have it migrated. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Adds a field and its migration to the project. */
  addField(): Promise<void>;
  /** Columns of the table of entries. */
  columns(): Promise<string>;
  stop(): Promise<void>;
}

const settings = `
import dj_database_url

DATABASES = {"default": dj_database_url.config(conn_max_age=60)}
`;

const migration = `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_first_entries")]
    operations = [
        migrations.AddField("entry", "author", models.CharField(max_length=80, blank=True, db_default="")),
    ]
`;

/** @param workspace The checkout of the sample project. */
export async function withPostgres(workspace: string): Promise<WithPostgres> {
  const server = await startPostgres();
  await server.sql('postgres', 'CREATE DATABASE journal');
  await appendFile(join(workspace, 'config', 'settings.py'), settings);
  await appendFile(join(workspace, 'requirements.txt'), 'psycopg[binary]\ndj-database-url\n');
  const url = server.url('journal');
  return {
    url,
    inputs: { migrate: 'run', 'database-url': url },
    async addField() {
      const models = join(workspace, 'journal', 'models.py');
      const text = await readFile(models, 'utf8');
      const field = '    author = models.CharField(max_length=80, blank=True, db_default="")\n';
      await writeFile(models, text.replace('\n    class Meta:', `${field}\n    class Meta:`));
      await writeFile(join(workspace, 'journal', 'migrations', '0003_entry_author.py'), migration);
    },
    columns: () =>
      server.sql(
        'journal',
        "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_name = 'journal_entry'",
      ),
    stop: () => server.stop(),
  };
}
