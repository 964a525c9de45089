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
