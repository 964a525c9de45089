import type { EmulatorReply, EmulatorRequest } from '../emulator.ts';
import { awsKeys, awsOperation, checkSigned, judgeAws } from '../hosts/aws.ts';
import { type CdnEmulator, type CdnPlot, startCdnEmulator } from './cdn-emulator.ts';

export const cloudfrontId = 'E2QWRUHAPOMQZL';
export { awsKeys as cloudfrontKeys };

export interface CloudFrontPlot extends CdnPlot {
  /** Questions about an invalidation that are answered with InProgress. */
  readonly slow?: number;
}

const xmlns = 'xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"';
const xml = (status: number, body: unknown): EmulatorReply => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body,
});
const error = (status: number, code: string, message: string): EmulatorReply =>
  xml(
    status,
    `<ErrorResponse ${xmlns}><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  );

interface Batch {
  readonly reference: string;
  readonly paths: readonly string[];
  readonly quantity: number;
}

interface Made extends Batch {
  readonly id: string;
  /** How often it was asked for. */
  asked: number;
}

function readBatch(body: string): Batch {
  const all = (tag: string) =>
    [...body.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, text]) => text ?? '');
  const [reference = ''] = all('CallerReference');
  const plain = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  return { reference, paths: all('Path').map(plain), quantity: Number(all('Quantity')[0]) };
}

/** CloudFront with its invalidations, held against AWS's own model of the service. */
export async function startCloudFront(plot: CloudFrontPlot = {}): Promise<CdnEmulator> {
  const batches = new Map<string, Made>();
  const root = `/2020-05-31/distribution/${cloudfrontId}`;
  const wrong: string[] = [];

  function describe({ id, paths, reference, asked }: Made): EmulatorReply['body'] {
    const status = asked > (plot.slow ?? 0) ? 'Completed' : 'InProgress';
    const batch = { Paths: { Quantity: paths.length, Items: paths }, CallerReference: reference };
    const told = { Id: id, Status: status, CreateTime: 1_772_366_400, InvalidationBatch: batch };
    wrong.push(...judgeAws('cloudfront', 'GetInvalidation', 'output', { Invalidation: told }));
    const items = paths.map((path) => `<Path>${path.replaceAll('&', '&amp;')}</Path>`).join('');
    const quantity = `<Quantity>${paths.length}</Quantity><Items>${items}</Items>`;
    return `<Invalidation ${xmlns}><Id>${id}</Id><Status>${status}</Status><CreateTime>2026-03-01T12:00:00Z</CreateTime><InvalidationBatch><Paths>${quantity}</Paths><CallerReference>${reference}</CallerReference></InvalidationBatch></Invalidation>`;
  }

  function create(body: string): { reply: EmulatorReply; purged?: readonly string[] } {
    const batch = readBatch(body);
    const given = { Paths: { Quantity: batch.quantity, Items: batch.paths }, CallerReference: batch.reference };
    const asked = { DistributionId: cloudfrontId, InvalidationBatch: given };
    wrong.push(...judgeAws('cloudfront', 'CreateInvalidation', 'input', asked));
    if (batch.quantity !== batch.paths.length)
      return { reply: error(400, 'InconsistentQuantities', 'The quantity does not match the number of items.') };
    if (batch.paths.some((path) => !path.startsWith('/') || path.includes('~') || /[^\x21-\x7e]/.test(path)))
      return { reply: error(400, 'InvalidArgument', 'Your request contains one or more invalid invalidation paths.') };
    if (batch.paths.filter((path) => path.endsWith('*')).length > 15)
      return {
        reply: error(
          400,
          'TooManyInvalidationsInProgress',
          'Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.',
        ),
      };
    const same = batches.get(batch.reference);
    if (same && same.paths.join() !== batch.paths.join())
      return { reply: error(400, 'InvalidationBatchAlreadyExists', 'The caller reference is that of another batch.') };
    const made = same ?? { ...batch, id: `I${batches.size + 1}JLBDUQZ2QW4`, asked: 0 };
    batches.set(batch.reference, made);
    return { reply: xml(201, describe(made)), ...(same ? {} : { purged: batch.paths }) };
  }

  const distribution = `<Distribution ${xmlns}><Id>${cloudfrontId}</Id><ARN>arn:aws:cloudfront::123456789012:distribution/${cloudfrontId}</ARN><Status>Deployed</Status><DomainName>d111111abcdef8.cloudfront.net</DomainName><DistributionConfig><Aliases><Quantity>2</Quantity><Items><CNAME>cdn.example.com</CNAME><CNAME>files.example.com</CNAME></Items></Aliases><Enabled>true</Enabled></DistributionConfig></Distribution>`;

  function answer(request: EmulatorRequest): { reply: EmulatorReply; purged?: readonly string[] } {
    const { method, path, body } = request;
    wrong.push(...checkSigned(request, 'cloudfront', body, 'us-east-1'));
    if (path === root && method === 'GET') return { reply: xml(200, distribution) };
    if (path === `${root}/invalidation` && method === 'POST') return create(body);
    const found = [...batches.values()].find(({ id }) => path === `${root}/invalidation/${id}`);
    if (found && method === 'GET') {
      found.asked += 1;
      return { reply: xml(200, describe(found)) };
    }
    return { reply: error(404, 'NoSuchDistribution', 'The specified distribution does not exist.') };
  }

  const emulator = await startCdnEmulator(plot, answer, ({ method, path }, { status }) => {
    const known = awsOperation('cloudfront', method, path);
    const complaints = wrong.splice(0);
    if (known === undefined) return [...complaints, `${method} ${path} is in no model`];
    return status < 300 && status !== known.status
      ? [...complaints, `${method} ${path} answers ${status}`]
      : complaints;
  });
  return emulator;
}
