import mysql from '../databases/python/deploy_django_databases/mysql.py';
import postgresql from '../databases/python/deploy_django_databases/postgresql.py';
import previewDatabases from '../databases/python/preview_databases.py';

/** The Python files that talk to servers of databases, by the paths at which they find one another. */
export const databaseScripts = {
  'preview_databases.py': previewDatabases,
  'deploy_django_databases/mysql.py': mysql,
  'deploy_django_databases/postgresql.py': postgresql,
} as const;
