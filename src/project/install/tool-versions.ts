/**
 * The versions that are installed where the machine has not got the tool. `locked` is the set of dependencies that PDM was
 * released with: it takes newer ones that break it. After a change run "npm run pins".
 */
export const toolVersions = {
  uv: 'uv==0.13.9',
  poetry: 'poetry==2.5.1',
  pdm: 'pdm[locked]==2.29.3',
  pipenv: 'pipenv==2026.10.3',
} as const;

/**
 * The drivers that are installed where no project has brought one: when a pull request is closed there is no checkout.
 * `rsa`: logins of MySQL 8 without TLS. After a change run "npm run pins".
 */
export const driverVersions = {
  postgresql: 'psycopg[binary]==3.3.9',
  mysql: 'PyMySQL[rsa]==1.2.4',
} as const;
