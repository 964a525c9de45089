import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';
import { judgeOf } from '../hosts/judged.ts';

/** A rule as the vendor holds it. */
export interface HeldRule {
  readonly network: string | undefined;
  readonly label: string;
  /** All of it, to compare. */
  readonly raw: unknown;
}

/** What stands between a request and the vendor: a fault, a delay, another run. Undefined lets the vendor answer. */
export type Before = (
  request: EmulatorRequest,
  answer: () => Promise<EmulatorReply>,
) => Promise<EmulatorReply | undefined> | EmulatorReply | undefined;

export interface SourceEmulator extends Emulator {
  rules(): Promise<readonly HeldRule[]>;
  /** Puts a rule there that a run of ours left, or somebody else made. */
  put(network: string, label: string): Promise<void>;
  /** What of the exchanges is not as the vendor's description says. */
  readonly complaints: readonly string[];
  before: Before;
}

/** The token that emulators take. */
export const sourceToken = 'token-of-the-emulated-vendor';

interface Vendor extends Pick<SourceEmulator, 'rules' | 'put'> {
  /** Its description in fixtures/; absent where others wrote the server. */
  readonly description?: string;
  /** What comes before the paths of the description. */
  readonly base?: string;
  /** Paths that the description does not have. */
  readonly undescribed?: RegExp;
  answer(request: EmulatorRequest, origin: string): EmulatorReply | Promise<EmulatorReply>;
}

/** Each description is read once, because compiling it takes a second. */
const judges = new Map<string, ReturnType<typeof judgeOf>>();
function judgeFor(description: string): ReturnType<typeof judgeOf> {
  const judge = judges.get(description) ?? judgeOf(description);
  judges.set(description, judge);
  return judge;
}

/** A vendor with state over HTTP, held against its description. */
export async function startSource(vendor: Vendor): Promise<SourceEmulator> {
  const { description, base = '', undescribed } = vendor;
  const judge = description === undefined ? () => [] : await judgeFor(description);
  const complaints: string[] = [];
  let origin = '';
  const answer = async (request: EmulatorRequest) => {
    const reply = await vendor.answer(request, origin);
    if (!undescribed?.test(request.path))
      complaints.push(...judge({ ...request, path: request.path.replace(base, '') }, reply));
    return reply;
  };
  let before: Before = () => undefined;
  const emulator = await startEmulator(
    async (request) => (await before(request, () => answer(request))) ?? answer(request),
  );
  origin = emulator.origin;
  return {
    ...emulator,
    rules: vendor.rules,
    put: vendor.put,
    complaints,
    get before() {
      return before;
    },
    set before(wanted) {
      before = wanted;
    },
  };
}

export const isAllowed = ({ headers }: EmulatorRequest): boolean => headers.authorization === `Bearer ${sourceToken}`;
