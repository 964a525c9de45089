import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '..', '..');
const inside = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
const files = [
  'README.md',
  'action.yml',
  ...['.github', 'docs', 'examples', 'src/plan'].flatMap(inside).filter((name) => /\.(md|ts|yml)$/.test(name)),
];

/** Each `uses:` of an action of others, in workflows, examples and docs. */
const uses = files.flatMap((file) =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:\buses: |^const \w+ = ')([\w.-]+\/[\w./-]+)@(\S+)(?: # ([\w.]+))?/gm,
    ),
  ]
    .map(([, action = '', ref = '', comment = '']) => ({ file, action, pin: `${ref} # ${comment}` }))
    .filter(({ action }) => !action.endsWith('/deploy-django')),
);

test('every action of others is pinned by its commit, and its version stands beside it', () => {
  expect(uses.length).toBeGreaterThan(50);
  for (const { file, action, pin } of uses)
    expect(`${file}: ${action} ${pin}`).toMatch(/^\S+: \S+ [0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('an action has the same pin wherever it is used', () => {
  const pins = new Map<string, Set<string>>();
  for (const { action, pin } of uses) {
    // github/codeql-action/init and github/codeql-action/analyze are one repository.
    const repository = action.split('/', 2).join('/');
    pins.set(repository, (pins.get(repository) ?? new Set()).add(pin));
  }
  for (const [action, found] of pins)
    expect({ action, pins: [...found] }).toEqual({ action, pins: [...found].slice(0, 1) });
});
