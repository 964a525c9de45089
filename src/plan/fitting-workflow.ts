import type { HostDefinition } from '../hosts/contract/host.ts';
import { boolean } from '../inputs/kinds.ts';
import type { InputName, Row } from '../inputs/table.ts';
import { generic, vendorOf } from '../store/vendors.ts';

/** What a workflow for a project is made from. */
export interface WorkflowFacts {
  /** The text of every input that the step gives and that is not its default, and of those that it lacks, in the order of the table. */
  readonly given: ReadonlyMap<InputName, string>;
  readonly table: Readonly<Record<InputName, Row>>;
  /** The host that the inputs lead to; undefined for `none`, or where they lead to none. */
  readonly host: { readonly name: string; readonly definition: HostDefinition } | undefined;
  /** That host makes previews with these inputs. */
  readonly previews: boolean;
  readonly defaultBranch: string;
  /** Version of Python that the build ran on, `3.13.1`; undefined where nothing was built. */
  readonly python: string | undefined;
  /** What `uses:` has to say. */
  readonly action: string;
  /** Whether a value of `host-options` is a secret. */
  readonly isSecret: (value: string) => boolean;
}

/** The pins of the actions beside; a test holds them to those of the workflows and examples. */
const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const setupPython = 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0';

const upperSnake = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
const secret = (name: string): string => `\${{ secrets.${name} }}`;

/** Inputs that belong to one run and not to a workflow. */
const ofOneRun: readonly InputName[] = ['command', 'dry-run', 'artifact', 'github-token'];

/** Vendors whose guides have names of their own for a bucket's keys. */
const ofGuides: readonly string[] = ['spaces', 'gcs', 'r2', 'b2'];

/** The names of a bucket's keys, as the guides to the vendors have them. */
function keyNames(endpoint: string | undefined): { readonly id: string; readonly secret: string } {
  const address = endpoint === undefined || endpoint.includes('://') ? endpoint : `https://${endpoint}`;
  const { name: vendor } = address === undefined || URL.canParse(address) ? vendorOf(address) : generic;
  if (vendor === 'aws') return { id: 'AWS_ACCESS_KEY_ID', secret: 'AWS_SECRET_ACCESS_KEY' };
  const name = ofGuides.includes(vendor) ? vendor.toUpperCase() : 'BUCKET';
  return { id: `${name}_KEY`, secret: `${name}_SECRET` };
}

/** The usual name of a repository's secret for an input. */
function secretName(input: InputName, { given, host }: WorkflowFacts): string {
  switch (input) {
    case 'access-key-id':
      return keyNames(given.get('endpoint')).id;
    case 'secret-access-key':
      return keyNames(given.get('endpoint')).secret;
    case 'host-token':
      return host?.definition.token?.secretName ?? `${upperSnake(host?.name ?? 'host')}_TOKEN`;
    default:
      return upperSnake(input);
  }
}

/**
 * `NAME=value` lines with a secret of that name for each value that is one; others stay, and so does a placeholder such as
 * `{database-url}`. A value of several lines is one secret.
 */
function variableLines(text: string, isSecret: (value: string) => boolean): string {
  const found = [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/gm)];
  const lines = found.map(([, name = '', value = '']) => {
    const isPlaceholder = /^\s*(\{[a-z-]+\})\s*$/.test(value);
    const isOpen = /^\s*(["'])(?!.*\1\s*$)/.test(value);
    return `${name}=${isPlaceholder || !(isOpen || isSecret(value)) ? value.trim() : secret(upperSnake(name))}`;
  });
  return [...new Set(lines)].join('\n');
}

/** `name: value` lines, those with secrets as secrets. */
function optionLines(text: string, isSecret: (value: string) => boolean): string {
  return text
    .split('\n')
    .map((line) => {
      const [, name = '', value = ''] = /^\s*([a-z][a-z0-9-]*)\s*:\s*(.*)$/.exec(line) ?? [];
      return name && isSecret(value) ? `${name}: ${secret(upperSnake(name))}` : line.trim();
    })
    .filter((line) => line !== '')
    .join('\n');
}

function written(input: InputName, text: string, facts: WorkflowFacts): string {
  if (input === 'env' || input === 'host-env') return variableLines(text, facts.isSecret);
  if (input === 'host-options') return optionLines(text, facts.isSecret);
  return facts.table[input].secret ? secret(secretName(input, facts)) : text;
}

/** A plain scalar that YAML 1.1 and 1.2 read as this text. */
const isPlain = (text: string): boolean =>
  /^[A-Za-z0-9/.$][\w ./@+=${}-]*(?::[\w./@+=${}-]+)*$/.test(text) &&
  !text.endsWith(' ') &&
  !/^(?:true|false|yes|no|on|off|null|[\d.+-].*)$/i.test(text);

/** `name: value` as YAML, several lines as a block. */
function entry(name: string, value: string, indent: string): string[] {
  const lines = value.split('\n');
  if (lines.length > 1) return [`${indent}${name}: |`, ...lines.map((line) => `${indent}  ${line}`.trimEnd())];
  return [`${indent}${name}: ${isPlain(value) ? value : JSON.stringify(value)}`];
}

/** The lines of `with:`. */
function withLines(facts: WorkflowFacts): string[] {
  const lines = [...facts.given]
    .filter(([input]) => !ofOneRun.includes(input))
    .flatMap(([input, text]) => {
      // GitHub hands a switch on as text.
      if (facts.table[input].kind === boolean) return [`          ${input}: ${text}`];
      const lines = entry(input, written(input, text, facts), '          ');
      const isAws = input === 'access-key-id' && keyNames(facts.given.get('endpoint')).id.startsWith('AWS');
      return isAws ? ['          # Or a role in place of both keys: docs/buckets/aws.md', ...lines] : lines;
    });
  const { host, given } = facts;
  const words = 'host, service and host-token: docs/hosts says what each host needs';
  const open =
    host || (given.get('host') ?? 'none') !== 'none'
      ? []
      : [given.has('host') ? `to release it, in place of "host: none": ${words}` : words];
  return [...(lines.length > 0 ? ['        with:', ...lines] : []), ...open.map((words) => `          # ${words}`)];
}

/** What is to be done with it, before the workflow itself, so that it is pasted along. */
function headLines(lines: readonly string[], { previews, host, given }: WorkflowFacts): string[] {
  const names = lines.flatMap((line) => [...line.matchAll(/\$\{\{ secrets\.(\w+) \}\}/g)].map(([, name]) => name));
  const where = `the environment "production"${previews ? ' and of "preview"' : ''}`;
  const secrets = names.length > 0 ? [`# Secrets of ${where}: ${[...new Set(names)].join(', ')}`] : [];
  const save = 'save it as .github/workflows/deploy.yml, commit and push.';
  const isWhole = host !== undefined || given.has('url');
  return [isWhole ? `# S${save.slice(1)}` : `# Not finished: name a host in the last lines. Then ${save}`, ...secrets];
}

const python = (version: string | undefined): string => /^\d+\.\d+/.exec(version ?? '')?.[0] ?? '3.13';

/**
 * A whole workflow for this project, ready to paste: production, and previews where the host makes them, else a check of each
 * pull request.
 */
export function fittingWorkflow(facts: WorkflowFacts): string {
  const { previews, action } = facts;
  const head = `\${{ github.event.pull_request.head.sha || github.sha }}`;
  const unlessClosed = previews ? [`      - if: \${{ github.event.action != 'closed' }}`] : [];
  const step = (uses: string) => (previews ? [...unlessClosed, `        uses: ${uses}`] : [`      - uses: ${uses}`]);
  const isOfPullRequest = "github.event_name == 'pull_request'";
  const inputs = withLines(facts);
  return [
    ...headLines(inputs, facts),
    'name: Deploy',
    '',
    'on:',
    '  push:',
    ...entry('branches', `[${facts.defaultBranch}]`, '    ').map((line) => line.replace(/"(\[.*\])"/, '$1')),
    '  pull_request:',
    ...(previews
      ? [
          '    types: [opened, reopened, synchronize, closed]',
          '  schedule:',
          '    - cron: "23 4 * * *" # takes previews away that were missed',
        ]
      : []),
    '  workflow_dispatch:',
    '',
    'permissions: {}',
    '',
    'concurrency:',
    `  group: deploy-\${{ github.event.number || (github.event_name == 'schedule' && 'sweep') || github.ref }}`,
    '  cancel-in-progress: false',
    '',
    'jobs:',
    '  deploy:',
    `    name: \${{ ${isOfPullRequest} && '${previews ? 'Preview' : 'Check'}' || 'Production' }}`,
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 45',
    '    environment:',
    `      name: \${{ ${isOfPullRequest} && 'preview' || 'production' }} # where the secrets are`,
    '      deployment: false # the step makes one',
    '    permissions:',
    '      contents: read # to check the code out',
    '      deployments: write # to show what is live, and where',
    '      pull-requests: write # to keep one comment up to date',
    '    steps:',
    ...step(checkout),
    '        with:',
    `          ref: ${head} # not GitHub's own merge commit`,
    '          persist-credentials: false',
    ...step(setupPython),
    '        with:',
    `          python-version: "${python(facts.python)}"`,
    '      - id: deploy # so that later steps have steps.deploy.outputs.url',
    `        uses: ${action}`,
    ...inputs,
    '',
  ].join('\n');
}
