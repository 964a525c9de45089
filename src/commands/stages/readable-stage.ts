import { DeployError } from '../../core/errors.ts';
import type { Identity } from '../../core/identity.ts';
import type { Clock, Log } from '../../core/ports.ts';
import type { StageResult } from '../../report/recorder.ts';
import { isNarrow, type PublicFiles, statementId, withPublicRead } from '../../store/bucket-policy.ts';
import type { BucketSettings } from '../../store/bucket-settings.ts';
import { openByHand } from '../../store/by-hand.ts';
import { blocked, setPolicy, whatBlocks } from '../../store/set-policy.ts';
import type { ObjectStore } from '../../store/store.ts';
import { vendorOf } from '../../store/vendors.ts';
import { isPublicAcl, openingInput } from '../../store/visitors.ts';
import type { PlannedFile } from '../../sync/planned-file.ts';
import { lookReadable, type Readable, type ReadableIO, type ReadableRequest } from './readable-check.ts';

export interface ReadableStageRequest extends ReadableRequest {
  readonly store: Pick<ObjectStore, 'vendor' | 'settings'>;
  readonly bucket: string;
  readonly identity: Identity;
  /** The input apply-policy: write what is missing. */
  readonly applyPolicy: boolean;
  /** Nothing is written whatever the inputs say. */
  readonly onlyLooks?: boolean;
}

export interface ReadableStageIO extends ReadableIO {
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

type Refused = Extract<Readable, { kind: 'refused' }>;

/** A policy that was written counts within seconds at AWS, and at once elsewhere. */
const tries = 10;
const wait = 1_000;

const filesBelow = ({ bucket, store }: ReadableStageRequest, { source }: PlannedFile): PublicFiles => ({
  bucket,
  prefix: source.prefix,
  partition: store.settings.partition(),
});

/**
 * Proves that visitors can read static files; where the bucket refuses them, opens their prefix by a statement of its policy if
 * the inputs say so, and shows the policy if not.
 * @throws DeployError FILES_UNREADABLE that says what to set; BUCKET_DENIED if the policy may not be written.
 */
export async function readableStage(
  request: ReadableStageRequest,
  io: ReadableStageIO,
): Promise<StageResult<'public' | undefined>> {
  let found = await lookReadable(request, io);
  let how = '';
  if (found.kind === 'refused') {
    if (!request.applyPolicy || request.onlyLooks) throw await unreadable(request, found, io);
    await open(request, found, io);
    for (let left = tries; found.kind === 'refused' && left > 0; left--) {
      if (left < tries) await io.clock.sleep(wait, io.signal);
      found = await lookReadable(request, io);
    }
    if (found.kind === 'refused') throw await stillUnreadable(request, found, io);
    how = ', since the bucket policy opens its prefix';
  }
  if (found.kind === 'not asked') return { value: undefined, result: 'not asked', level: 'open' };
  if (found.kind === 'silent') return { value: undefined, result: `${found.url} does not answer` };
  const older = found.older ? '; a CDN has an older copy of it until the purge' : '';
  return { value: 'public', result: `${found.url} can be read${how}${older}` };
}

/** Writes our statement into the policy. */
async function open(request: ReadableStageRequest, refused: Refused, io: ReadableStageIO): Promise<void> {
  const { store, bucket, identity } = request;
  const files = filesBelow(request, refused.file);
  if (!isNarrow(files.prefix)) throw withAdvice(refused, openByHand(store.vendor, files, identity));
  const sid = statementId(identity);
  const outcome = await setPolicy(store.settings, bucket, (json) => withPublicRead(json, sid, files), io);
  if (outcome === 'unsupported') throw withAdvice(refused, openByHand(store.vendor, files, identity, false));
  if (outcome === 'changed')
    io.log.info(`The bucket policy lets anybody read ${bucket}/${files.prefix} now, by the statement ${sid}.`);
}

const withAdvice = ({ url, status }: Refused, advice: string) =>
  new DeployError('FILES_UNREADABLE', `Visitors cannot read ${url}: it answers ${status}.`, {
    hint: `Nothing was released. ${advice}`,
  });

/** The policy as it would have to be, with the statements that are there; undefined where that is not known. */
async function readyPolicy(settings: BucketSettings, sid: string, files: PublicFiles, signal: AbortSignal) {
  const json = await settings.policy(signal).catch((error: unknown) => {
    signal.throwIfAborted();
    // What may not be read is not to be guessed.
    if (error instanceof DeployError) return 'unknown' as const;
    throw error;
  });
  if (json === 'unknown' || json === 'unsupported') return { kind: json } as const;
  return { kind: 'known', change: withPublicRead(json, sid, files) } as const;
}

/** What to do, and in the log the whole policy to copy: it may hold names that do not belong into a comment. */
async function unreadable(request: ReadableStageRequest, refused: Refused, io: ReadableStageIO): Promise<DeployError> {
  const { store, identity, bucket, applyPolicy, onlyLooks } = request;
  const files = filesBelow(request, refused.file);
  const ready = await readyPolicy(store.settings, statementId(identity), files, io.signal);
  const advice = await adviceFor(request, refused, ready.kind, io.signal);
  const block = await blockOf(store.settings, io.signal);
  const also = block ? ` ${blocked(bucket, block).message} ${blocked(bucket, block).hint}` : '';
  if (ready.kind === 'known' && ready.change.kind === 'change' && isNarrow(files.prefix)) {
    const { json } = ready.change;
    await io.log.group(`The policy of the bucket "${bucket}" that makes the static files public`, async () => {
      for (const line of json.split('\n')) io.log.info(line);
    });
  }
  if (onlyLooks && applyPolicy && isNarrow(files.prefix) && ready.kind === 'known')
    return withAdvice(refused, `A deploy would write the bucket policy, because apply-policy is true.${also}`);
  return withAdvice(refused, advice + also);
}

/** The one line to write, where what the bucket says of itself leaves one; else what to do by hand. */
async function adviceFor(
  { store, identity, bucket, ...request }: ReadableStageRequest,
  { file }: Refused,
  policy: 'known' | 'unknown' | 'unsupported',
  signal: AbortSignal,
): Promise<string> {
  const files = filesBelow({ store, identity, bucket, ...request }, file);
  const byHand = openByHand(store.vendor, files, identity, policy !== 'unsupported');
  if (policy === 'unsupported' || !isNarrow(files.prefix)) return byHand;
  const block = await store.settings.publicAccessBlock(signal);
  // An ACL that was sent and lets nobody in does not count, whatever the bucket says.
  const ignoresAcls = isPublicAcl(file.form.acl) || (await store.settings.ignoresAcls(signal));
  const rights = { vendor: vendorOf(undefined, store.vendor), policy: undefined, block, ignoresAcls };
  return openingInput(rights, files.prefix)?.[0] === 'acl'
    ? 'Set "acl: public-read". Where files are not to have ACLs, set "apply-policy: true" instead.'
    : byHand;
}

async function blockOf(settings: BucketSettings, signal: AbortSignal) {
  const block = await settings.publicAccessBlock(signal);
  return block && whatBlocks(block) !== '' ? block : undefined;
}

async function stillUnreadable(request: ReadableStageRequest, refused: Refused, io: ReadableStageIO) {
  const { store, bucket } = request;
  const block = await blockOf(store.settings, io.signal);
  if (block) return blocked(bucket, block);
  return withAdvice(
    refused,
    'The bucket policy lets anybody read it, and something else does not: RestrictPublicBuckets of the account, a statement with "Deny", encryption with a key of KMS, or a CDN that STATIC_URL leads to.',
  );
}
