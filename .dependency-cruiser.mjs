/** The rooms of src, in the order in which they may know one another: each imports only from those before it. */
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
  'inputs',
  'project',
  'plan',
  'release',
  'workflow',
  'commands',
  'runner',
];

const room = (name) => `^src/${name}/`;

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
      comment: 'src holds index.ts, main.ts, declarations and the rooms of the list above.',
      from: { path: '^src/', pathNot: [...layers.map(room), '^src/(index|main|python\\.d)\\.ts$'] },
      to: {},
    },
    { name: 'no-file-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-folder-circle', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      // esbuild bundles the Python files as text.
      to: { couldNotResolve: true, pathNot: '\\.py$' },
    },
  ],
  options: {
    // Type imports count: a type from the right ties the rooms together as much as a value.
    tsPreCompilationDeps: true,
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // Some packages export nothing but a default.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
