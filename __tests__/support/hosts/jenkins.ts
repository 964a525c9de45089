import { type Emulator, startEmulator } from '../emulator.ts';

export interface JenkinsEmulator extends Emulator {
  /** Commits that builds were asked for. */
  readonly commits: readonly string[];
  readonly complaints: readonly string[];
}

/**
 * The part of Jenkins's remote API that deploys need, as strict as it is: https://www.jenkins.io/doc/book/using/remote-access-api/.
 * A build is in the queue for one question, runs for one, and ends with that result.
 */
export async function startJenkins(user: string, token: string, result: string): Promise<JenkinsEmulator> {
  const commits: string[] = [];
  const complaints: string[] = [];
  let asked = 0;
  const basic = `Basic ${Buffer.from(`${user}:${token}`).toString('base64')}`;
  const emulator: Emulator = await startEmulator(({ method, path, headers, body }) => {
    if (headers.authorization !== basic) return { status: 401, body: '<html>Authentication required</html>' };
    const { pathname, searchParams } = new URL(path, 'http://jenkins');
    if (`${method} ${pathname}` === 'POST /job/shop/buildWithParameters') {
      if (headers['content-type'] !== 'application/x-www-form-urlencoded') complaints.push('a form was expected');
      commits.push(new URLSearchParams(body).get('COMMIT') ?? '');
      return { status: 201, headers: { location: `${emulator.origin}/queue/item/${40 + commits.length}/` } };
    }
    if (`${method} ${pathname}` !== 'GET /job/shop/api/json') return { status: 404 };
    if (searchParams.get('tree') !== 'builds[queueId,result,url]') complaints.push('another tree was expected');
    asked += 1;
    const build = (number: number, end: string | null) => ({
      _class: 'hudson.model.FreeStyleBuild',
      queueId: 40 + number,
      result: end,
      url: `${emulator.origin}/job/shop/${number}/`,
    });
    const ours = asked < 2 ? [] : [build(commits.length, asked < 3 ? null : result)];
    return {
      status: 200,
      body: { _class: 'hudson.model.FreeStyleProject', builds: [...ours, build(0, 'SUCCESS'), build(-1, 'FAILURE')] },
    };
  });
  return Object.assign(emulator, { commits, complaints });
}
