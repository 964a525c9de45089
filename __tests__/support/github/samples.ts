import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What GitHub answers, in full, from the few values that a test cares about. */
const resolve = createRequire(import.meta.url).resolve;
const examples = JSON.parse(readFileSync(resolve('@octokit/webhooks-examples'), 'utf8')) as {
  readonly name: string;
  readonly examples: readonly {
    readonly pull_request?: Record<string, unknown>;
    readonly workflow_run?: Record<string, unknown>;
  }[];
}[];
const exampleOf = (name: string) => examples.find((one) => one.name === name)?.examples[0];
const pull = exampleOf('pull_request')?.pull_request ?? {};
const workflowRun = exampleOf('workflow_run')?.workflow_run ?? {};

export interface StoredComment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  body: string;
  minimized: boolean;
}

export interface StoredStatus {
  readonly id: number;
  readonly state: string;
  readonly description: string;
  readonly log_url: string;
  readonly environment_url: string;
}

export interface StoredDeployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly task: string;
  readonly description: string | null;
  readonly payload: Record<string, unknown>;
  readonly transient: boolean;
  readonly production: boolean;
  /** Oldest first. */
  readonly statuses: StoredStatus[];
}

export interface StoredPull {
  readonly number: number;
  open: boolean;
  head: string;
  /** Full name of the repository that the head is in; the repository itself where absent. */
  readonly from?: string;
}

/** One run of a workflow, in its newest attempt. */
export interface StoredRun {
  readonly id: number;
  status: 'queued' | 'in_progress' | 'completed';
  attempt: number;
}

export const runReply = ({ id, status, attempt }: StoredRun): object => ({
  display_title: 'Deploy',
  path: '.github/workflows/deploy.yml',
  ...workflowRun,
  id,
  status,
  conclusion: status === 'completed' ? 'failure' : null,
  run_attempt: attempt,
});

const at = '2026-03-01T12:00:00Z';

function user(login: string): object {
  const api = `https://api.github.com/users/${encodeURIComponent(login)}`;
  const lists = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'];
  return {
    login,
    id: 41898282,
    node_id: 'MDM6Qm90NDE4OTgyODI=',
    avatar_url: 'https://avatars.githubusercontent.com/in/15368?v=4',
    gravatar_id: '',
    url: api,
    html_url: 'https://github.com/apps/github-actions',
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    events_url: `${api}/events{/privacy}`,
    ...Object.fromEntries(lists.map((name) => [`${name}_url`, `${api}/${name}`])),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}

export const commentReply = (base: string, { id, issue, author, body, minimized }: StoredComment): object => ({
  id,
  node_id: `IC_${id}`,
  url: `${base}/issues/comments/${id}`,
  html_url: `https://github.com/octo/site/pull/${issue}#issuecomment-${id}`,
  issue_url: `${base}/issues/${issue}`,
  body,
  user: user(author),
  created_at: at,
  updated_at: at,
  author_association: 'NONE',
  minimized: minimized ? { reason: 'outdated' } : null,
});

export const deploymentReply = (base: string, deployment: StoredDeployment): object => ({
  url: `${base}/deployments/${deployment.id}`,
  id: deployment.id,
  node_id: `DE_${deployment.id}`,
  sha: deployment.sha,
  ref: deployment.sha,
  task: deployment.task,
  payload: deployment.payload,
  original_environment: deployment.environment,
  environment: deployment.environment,
  description: deployment.description,
  creator: user('github-actions[bot]'),
  created_at: at,
  updated_at: at,
  statuses_url: `${base}/deployments/${deployment.id}/statuses`,
  repository_url: base,
  transient_environment: deployment.transient,
  production_environment: deployment.production,
});

export const statusReply = (base: string, deployment: number, { id, state, ...rest }: StoredStatus): object => ({
  url: `${base}/deployments/${deployment}/statuses/${id}`,
  id,
  node_id: `DES_${id}`,
  state,
  creator: user('github-actions[bot]'),
  description: rest.description,
  target_url: rest.log_url,
  log_url: rest.log_url,
  ...(rest.environment_url ? { environment_url: rest.environment_url } : {}),
  created_at: at,
  updated_at: at,
  deployment_url: `${base}/deployments/${deployment}`,
  repository_url: base,
});

const { repo } = pull.head as { readonly repo: object };

export const pullReply = ({ number, open, head, from = 'octo/site' }: StoredPull): object => ({
  ...pull,
  number,
  state: open ? 'open' : 'closed',
  auto_merge: null,
  head: { ...(pull.head as object), sha: head, repo: { ...repo, full_name: from } },
});

const commitReply = (base: string, sha: string): object => ({
  url: `${base}/commits/${sha}`,
  sha,
  node_id: `C_${sha}`,
  html_url: `https://github.com/octo/site/commit/${sha}`,
  comments_url: `${base}/commits/${sha}/comments`,
  commit: {
    url: `${base}/git/commits/${sha}`,
    author: null,
    committer: null,
    message: 'Change',
    comment_count: 0,
    tree: { sha, url: `${base}/git/trees/${sha}` },
  },
  author: null,
  committer: null,
  parents: [],
});

/** How two commits of a history stand to each other; `history` is oldest first. */
export function compareReply(base: string, history: readonly string[], from: string, to: string): object | undefined {
  const [older, newer] = [history.indexOf(from), history.indexOf(to)];
  if (older < 0 || newer < 0) return undefined;
  const web = `https://github.com/octo/site/compare/${from}...${to}`;
  const commits = history.slice(older + 1, newer + 1).map((sha) => commitReply(base, sha));
  return {
    url: `${base}/compare/${from}...${to}`,
    html_url: web,
    permalink_url: web,
    diff_url: `${web}.diff`,
    patch_url: `${web}.patch`,
    base_commit: commitReply(base, from),
    merge_base_commit: commitReply(base, history[Math.min(older, newer)] ?? from),
    status: older === newer ? 'identical' : older < newer ? 'ahead' : 'behind',
    ahead_by: commits.length,
    behind_by: Math.max(0, older - newer),
    total_commits: commits.length,
    commits,
  };
}
