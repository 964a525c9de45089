import { hash } from 'node:crypto';
import * as v from 'valibot';
import type { HttpResponse } from '../../core/ports.ts';
import { awsApi } from '../../hosts/aws/aws-api.ts';
import { readXml } from '../../hosts/aws/aws-query.ts';
import { checkAnswer } from '../../hosts/contract/api.ts';
import { quote } from '../../lib/shell-word.ts';
import type { Cdn, CdnInputs, StaleObject } from '../cdn.ts';
import { commonFolder, fold } from '../fold.ts';

const version = '2020-05-31';

/**
 * A thousand paths a month are free, and a wildcard counts as one; at most 15 wildcards may be in progress
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html). So few files go one by one, and
 * more of them by their folders.
 */
const mostFiles = 30;
const mostEntries = 10;
const mostTildeFolders = 4;

/**
 * Unsafe characters of RFC 1738, and all outside of ASCII, are encoded, and no others
 * (…/DeveloperGuide/invalidation-specifying-objects.html).
 */
const encodePath = (path: string): string => path.replace(/[^!$&'()*+,\-./0-9:;=?@A-Z_a-z]/gu, encodeURIComponent);

/** The path of an object at the distribution, decoded and without the slash at its beginning. */
function pathOf({ key, url }: StaleObject): string {
  if (url === undefined) return key;
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname).slice(1);
  } catch {
    return pathname.slice(1);
  }
}

/** CloudFront takes no path with a tilde, so that its folder is purged instead. */
function tildeFolders(paths: readonly string[]): string[] {
  const folders = [
    ...new Set(paths.map((path) => path.slice(0, path.slice(0, path.indexOf('~')).lastIndexOf('/') + 1))),
  ];
  return folders.length <= mostTildeFolders ? folders : [commonFolder(folders)];
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);

const batchOf = (paths: readonly string[], reference: string): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/${version}/">`,
    `<Paths><Quantity>${paths.length}</Quantity><Items>`,
    ...paths.map((path) => `<Path>${escaped(path)}</Path>`),
    `</Items></Paths><CallerReference>${escaped(reference)}</CallerReference></InvalidationBatch>`,
  ].join('');

const invalidation = v.object({ Invalidation: v.object({ Id: v.string(), Status: v.string() }) });
const distribution = v.object({
  Distribution: v.object({ DomainName: v.string(), DistributionConfig: v.object({ Enabled: v.string() }) }),
});

async function read<const S extends v.GenericSchema>(what: string, answer: HttpResponse, schema: S) {
  const read = await readXml(new TextDecoder().decode(answer.body));
  return checkAnswer(what, answer.status, read ?? {}, schema);
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html */
export function createCloudFront({ id, keys, apiUrl, release }: CdnInputs): Cdn {
  const inputs = {
    service: undefined,
    token: undefined,
    deployHook: undefined,
    options: apiUrl === undefined ? {} : { 'api-url': [apiUrl] },
  };
  const api = awsApi(inputs, 'cloudfront', 'us-east-1', {
    address: 'https://cloudfront.amazonaws.com',
    ...(keys ? { credentials: async () => keys } : {}),
  });
  const root = `/${version}/distribution/${id}`;
  return {
    async check(io) {
      const what = `CloudFront's distribution ${id}`;
      const answer = await api.rest({ what, method: 'GET', path: root }, io);
      const { DomainName, DistributionConfig } = (await read(what, answer, distribution)).Distribution;
      const aliases = new TextDecoder().decode(answer.body).matchAll(/<CNAME>([^<]+)<\/CNAME>/g);
      return {
        domains: [...new Set([DomainName, ...[...aliases].map(([, name]) => name ?? '')])],
        warnings: DistributionConfig.Enabled === 'true' ? [] : [`The distribution ${id} is disabled.`],
      };
    },

    plan(stale) {
      const paths = [...new Set(stale.map(pathOf))].sort();
      const plain = paths.filter((path) => !path.includes('~'));
      const { files, folders } = plain.length <= mostFiles ? { files: plain, folders: [] } : fold(plain, mostEntries);
      const wild = [...folders, ...tildeFolders(paths.filter((path) => path.includes('~')))];
      const all = [...files.map((path) => `/${encodePath(path)}`), ...wild.map((path) => `/${encodePath(path)}*`)];
      return { requests: all.length === 0 ? [] : [{ paths: [...new Set(all)], folders: false }], unknown: [] };
    },

    async send({ paths }, io) {
      const what = "CloudFront's invalidation";
      // The same paths in the same release are the same request: CloudFront then answers with what it has already.
      const reference = `${release}-${hash('sha256', paths.join('\n')).slice(0, 12)}`;
      const body = batchOf(paths, reference);
      const answer = await api.rest({ what, method: 'POST', path: `${root}/invalidation`, body }, io);
      return (await read(what, answer, invalidation)).Invalidation.Id;
    },

    async isDone(request, io) {
      const what = `CloudFront's invalidation ${request}`;
      const answer = await api.rest({ what, method: 'GET', path: `${root}/invalidation/${request}` }, io);
      return (await read(what, answer, invalidation)).Invalidation.Status.toLowerCase() === 'completed';
    },

    command: ({ requests }) =>
      `aws cloudfront create-invalidation --distribution-id ${id} --paths ${requests
        .flatMap(({ paths }) => paths)
        .map(quote)
        .join(' ')}`,
  };
}
