/** The rooms of src, in the order of their layers: each imports only from itself and from those before it. */
export const layers = [
  'core',
  'lib',
  'report',
  'github',
  'event',
  'store',
  'ledger',
  'assets',
  'sync',
  'hosts',
  'databases',
  'cdn',
  'inputs',
  'project',
  'plan',
  'release',
  'workflow',
  'commands',
  'runner',
];

const room = (name) => `^src/${name}/`;
const npm = (name) => `(^|/)node_modules/${name}/`;

const large = ['@actions/cache', '@actions/github', '@aws-sdk/client-s3', 'undici', 'htmlparser2', 'tar-stream'];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers.map((layer, at) => ({
      name: `${layer}-imports-from-its-left`,
      severity: 'error',
      comment: `src/${layer} may import from ${[...layers.slice(0, at), layer].join(', ')}.`,
      from: { path: room(layer) },
      to: { path: '^src/', pathNot: layers.slice(0, at + 1).map(room) },
    })),
    {
      name: 'every-file-in-a-room',
      severity: 'error',
      comment: 'src holds index.ts, run.ts, main.ts, declarations and the rooms of the list above.',
      from: {},
      module: {
        path: '^src/',
        pathNot: [...layers.map(room), '^src/(index|run|main|python\\.d)\\.ts$'],
        // Matches files without imports too, which `from` does not. 100 is the most that dependency-cruiser takes.
        numberOfDependentsLessThan: 100,
      },
    },
    { name: 'no-file-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-folder-circle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'only-runner-knows-actions',
      severity: 'error',
      comment: 'Effects come in as ports. Only src/runner/ makes them from the packages of GitHub Actions.',
      from: { path: '^src/', pathNot: room('runner') },
      to: { path: npm('@actions/[^/]+') },
    },
    {
      name: 'only-sdk-knows-aws',
      severity: 'error',
      comment: 'src/store/s3/sdk.ts is the one place that calls the AWS SDK.',
      from: { path: '^src/', pathNot: '^src/store/s3/sdk\\.ts$' },
      to: { path: npm('@(aws-sdk|smithy)/[^/]+') },
    },
    {
      name: 'large-packages-on-demand',
      severity: 'error',
      comment: 'Load a large package by import() where it is needed, so that the bundle starts fast.',
      from: { path: '^src/' },
      to: { path: npm(`(${large.join('|')})`), dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // esbuild bundles the Python files as text.
      to: { couldNotResolve: true, pathNot: '\\.py$' },
    },
  ],
  options: {
    // swc sees type imports too, and they count: a type from a later layer ties two rooms together as much as a value does.
    // __tests__/unit/layers.test.ts holds that. TypeScript 7 has no API that the default parser could use.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Some packages export nothing but a default.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
