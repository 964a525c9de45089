import { type Identity, identityPath } from '../core/identity.ts';
import { compareRuns, type RunOrder } from '../core/run-order.ts';
import { type GitHub, type IssueComment, isGitHubError } from './github.ts';

/** Which comment is meant: one for each app of the repository and environment. */
export interface CommentKey {
  /** Number of the pull request. */
  readonly issue: number;
  readonly identity: Identity;
}

/** The first line of every comment of ours, which nobody sees. Its parts are encoded, so that no name can end it. */
export const commentMarker = ({ identity }: Omit<CommentKey, 'issue'>): string =>
  `<!-- deploy-django: ${identityPath(identity)} -->`;

const runLine = ({ id, attempt }: RunOrder): string => `<!-- run: ${id}.${attempt} -->`;

/** What stands before the text: which comment it is, and which run wrote it. */
export const commentHead = (key: CommentKey, run: RunOrder): string => `${commentMarker(key)}\n${runLine(run)}\n`;

function writtenBy(body: string): RunOrder | undefined {
  const found = /^[^\n]*\n<!-- run: (\d+)\.(\d+) -->/.exec(body);
  return found ? { id: Number(found[1]), attempt: Number(found[2]) } : undefined;
}

/** The comments of ours, oldest first. A marker in somebody else's comment is text. */
async function findComments(key: CommentKey, author: string, github: GitHub): Promise<IssueComment[]> {
  const marker = commentMarker(key);
  const found: IssueComment[] = [];
  for await (const page of github.comments(key.issue)) {
    found.push(...page.filter((comment) => comment.author === author && comment.body.startsWith(marker)));
  }
  return found;
}

/** Two runs that began at once may both have made one; the first is the one. */
async function deleteOthers(comments: readonly IssueComment[], github: GitHub): Promise<void> {
  for (const { id } of comments) {
    try {
      await github.deleteComment(id);
    } catch (error) {
      if (!isGitHubError(error, 'notFound')) throw error;
    }
  }
}

/** What is to stand in the comment. */
export interface CommentText {
  readonly key: CommentKey;
  /** Login that the comment is written as. */
  readonly author: string;
  readonly run: RunOrder;
  /** What comes after `commentHead`. */
  readonly text: string;
  /** Whether one is made where there is none. */
  readonly create: boolean;
}

/**
 * Writes the one comment: changes it where it is, minimised or not, and makes it anew where somebody deleted it. Where
 * GitHub does not say whether it took a new one, it is looked for before it is made again. What a newer run has written
 * stays.
 */
export async function writeComment({ key, author, run, text, create }: CommentText, github: GitHub): Promise<void> {
  const body = commentHead(key, run) + text;
  for (let attempt = 1; ; attempt++) {
    const [first, ...others] = await findComments(key, author, github);
    await deleteOthers(others, github);
    const by = first && writtenBy(first.body);
    if (first ? by && compareRuns(by, run) > 0 : !create) return;
    try {
      await (first ? github.updateComment(first.id, body) : github.createComment(key.issue, body));
      return;
    } catch (error) {
      const gone = first && isGitHubError(error, 'notFound');
      const unclear = !first && isGitHubError(error, 'unavailable');
      if (attempt === 2 || !(gone || unclear)) throw error;
    }
  }
}
