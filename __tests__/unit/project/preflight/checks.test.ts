import { describe, expect, test } from '@jest/globals';
import { lookAtOutcome as look, checkMessage as message } from '../../../support/preflight.ts';
import { projectSettings } from '../../../support/project.ts';

describe('a message of check --deploy', () => {
  test.each([
    [10, undefined],
    [20, undefined],
    [30, 'warning'],
    [40, 'error'],
    [50, 'error'],
  ])('of level %i is shown as %s', (level, shown) => {
    expect(look({ checks: [message({ level })] })[0]?.level).toBe(shown);
  });

  test('has its object before it and its hint after it', () => {
    const given = message({ object: 'shop.Order', text: 'No index.', hint: 'Add one.' });
    expect(look({ checks: [given] })[0]).toMatchObject({ id: 'shop.W001', message: 'shop.Order: No index. Add one.' });
  });

  test('names a file of the project by its path in the checkout', () => {
    const given = message({ text: '/work/repo/shop/api.py: No type.' });
    expect(look({ checks: [given] })[0]?.message).toBe('shop/api.py: No type.');
  });

  test('has its hint after a sentence that is not ended', () => {
    const given = message({ text: 'No mail is sent', hint: 'Name a server' });
    expect(look({ checks: [given] })[0]?.message).toBe('No mail is sent. Name a server');
  });

  test('that is a paragraph is its first sentence, and what to write', () => {
    const text = 'You have not set a value for the SECURE_HSTS_SECONDS setting. If your entire site … be careful.';
    expect(look({ checks: [message({ id: 'security.W004', text })] })[0]?.message).toBe(
      'You have not set a value for the SECURE_HSTS_SECONDS setting. Write SECURE_HSTS_SECONDS = 3600, and more once https is there to stay',
    );
  });

  test('about a setting that a variable decides, which the build has not got, asks for that', () => {
    const place = { file: '/work/repo/config/settings.py', line: 3, literal: false };
    const assigned = {
      ALLOWED_HOSTS: { ...place, variables: ['SITE_HOST'] },
      SECRET_KEY: { ...place, variables: ['CI', 'APP_KEY'] },
    };
    const checks = [
      message({ id: 'security.W009', text: 'Weak.' }),
      message({ id: 'security.W020', text: 'ALLOWED_HOSTS must not be empty in deployment.' }),
    ];
    expect(look({ project: projectSettings({ assigned }), checks }).map((one) => one.message)).toEqual([
      'SECRET_KEY is a weak one of the settings, because this build has not got APP_KEY. Give the host a real one there.',
      'ALLOWED_HOSTS must not be empty in deployment. It depends on SITE_HOST, not set in this build. Give the build what the host has, by the input env: SITE_HOST=…',
    ]);
  });

  test.each(['security.W005', 'security.W021'])(
    'that asks for more of HSTS (%s) is a notice that advises no line',
    (id) => {
      const [found] = look({ checks: [message({ id, text: 'You have not set …' })] });
      expect(found).toMatchObject({ level: 'notice', message: expect.stringMatching(/ is off\. Leave it so unless /) });
    },
  );

  describe('about a setting that is an expression already', () => {
    const place = { file: '/work/repo/config/settings.py', line: 3, literal: false, computed: true, variables: [] };
    const tell = (id: string, name: string, more: object) => {
      const project = projectSettings({ assigned: { [name]: { ...place, ...more } } });
      return look({ project, checks: [message({ id, text: 'Weak.' })] })[0]?.message;
    };

    test.each([
      [
        { given: ['APP_KEY'] },
        /^Weak\. The settings read it from APP_KEY, which this build has\. Where the host has a strong one, .* else give it a random one there/,
      ],
      [{}, /^Weak\. The settings do not write it out\. Where the host has a strong one/],
    ])('that is the secret key (%j) never asks to read it from a variable', (more, text) => {
      const told = tell('security.W009', 'SECRET_KEY', more);
      expect(told).toMatch(text);
      expect(told).not.toContain('os.environ');
    });

    test('says what it comes from, and what it has to be', () => {
      expect(tell('security.W012', 'SESSION_COOKIE_SECURE', { given: ['SITE_STAGE'] })).toBe(
        'Weak. The settings compute it from SITE_STAGE. Let it be, where the site is live: SESSION_COOKIE_SECURE = True',
      );
      expect(tell('security.W012', 'SESSION_COOKIE_SECURE', { computed: false })).toMatch(
        /Write SESSION_COOKIE_SECURE/,
      );
    });
  });

  test('about a redirect to https does not advise it for a site at http://, and names the header of a proxy else', () => {
    const checks = [message({ id: 'security.W008', text: 'Your SECURE_SSL_REDIRECT setting is not set to True.' })];
    const [plain] = look({ checks }, { url: 'http://shop.example' });
    expect(plain).toMatchObject({ level: 'notice', message: expect.not.stringContaining('Write ') });
    const advice = look({ checks }, { url: 'https://shop.example' })[0]?.message;
    expect(advice).toContain('Write SECURE_SSL_REDIRECT = True');
    expect(advice).toContain('SECURE_PROXY_SSL_HEADER');
  });

  test('has an id though Django gave none', () => {
    expect(look({ checks: [message({ id: null })] })[0]?.id).toBe('check');
  });

  test('stands at its model', () => {
    const given = message({ file: '/work/repo/site/shop/models.py', line: 12 });
    expect(look({ checks: [given] })[0]?.at).toEqual({ file: 'site/shop/models.py', line: 12 });
  });

  test('about a setting stands at its line, in whatever file that is', () => {
    const assigned = {
      SECURE_HSTS_SECONDS: { file: '/work/repo/config/base.py', line: 31, literal: true, variables: [] },
    };
    const [found] = look({ project: projectSettings({ assigned }), checks: [message({ id: 'security.W004' })] });
    expect(found?.at).toEqual({ file: 'config/base.py', line: 31 });
  });

  test.each(['security.W004', 'security.W099', 'staticfiles.E002'])(
    '%s stands at the settings module where no line is known',
    (id) => {
      expect(look({ project: projectSettings(), checks: [message({ id })] })[0]?.at).toEqual({
        file: 'config/settings.py',
      });
    },
  );

  test('without a file and about no setting stands nowhere', () => {
    expect(look({ project: projectSettings(), checks: [message({})] })[0]).not.toHaveProperty('at');
  });

  test.each(['/work/repo-other/models.py', '/usr/lib/python3/site-packages/x/models.py'])(
    'about %s, outside the checkout, stands nowhere',
    (file) => {
      expect(look({ checks: [message({ file, line: 3 })] })[0]).not.toHaveProperty('at');
    },
  );
});

test('DEBUG is told in our words, with the variable that the host may have, at its line', () => {
  const assigned = { DEBUG: { file: '/work/repo/config/settings.py', line: 26, literal: false, variables: [] } };
  const project = projectSettings({ debug: true, assigned });
  const found = look({ project, checks: [message({ id: 'security.W018', text: 'You should not …' })] });
  expect(found).toMatchObject([{ level: 'warning', id: 'deploy.debug', at: { file: 'config/settings.py', line: 26 } }]);
  // No value is named: the one that turns it off is another in each project.
  expect(found[0]?.message).toMatch(/the same one, with the same value, by the input env; else write DEBUG = False\.$/);
});

test('DEBUG that nothing but the settings decides is told the line to write, and of no variable that the host may have', () => {
  const assigned = { DEBUG: { file: '/work/repo/config/settings.py', line: 26, literal: true, variables: [] } };
  const project = projectSettings({ debug: true, assigned });
  const [found] = look({ project, checks: [message({ id: 'security.W018' })] });
  expect(found?.message).toContain('Write DEBUG = os.environ.get("DEBUG") == "1", with "import os" at the top');
  expect(found?.message).not.toContain('input env');
});

test('DEBUG that variables decide is told with them', () => {
  const place = { file: '/work/repo/config/settings.py', line: 26, literal: false };
  const debugOff = (debug_off: Record<string, string | null>, variables: string[]) => {
    const project = projectSettings({ debug: true, debug_off, assigned: { DEBUG: { ...place, variables } } });
    return look({ project, checks: [message({ id: 'security.W018' })] })[0]?.message;
  };
  expect(debugOff({}, ['RENDER', 'APP_DEBUG'])).toMatch(
    /on RENDER, APP_DEBUG, not set .* by the input env: RENDER=…, APP_DEBUG=…$/,
  );
  expect(debugOff({ RENDER: null, APP_DEBUG: 'FALSE' }, ['RENDER', 'APP_DEBUG'])).toMatch(
    /by the input env: RENDER=…, APP_DEBUG=FALSE$/,
  );
  expect(debugOff({ APP_DEBUG: '' }, ['APP_DEBUG'])).toMatch(/by the input env: APP_DEBUG= \(empty\)$/);
  expect(debugOff({ APP_DEBUG: '0' }, [])).toMatch(
    /The build has APP_DEBUG, and another value turns it off .* Write into the input env: APP_DEBUG=0$/,
  );
});

test('warnings that another DEBUG would change are counted in the finding about it, and errors and other settings are told', () => {
  const place = { file: '/work/repo/config/settings.py', line: 26, literal: false, computed: true, variables: [] };
  const follows = { ...place, by_debug: true };
  const assigned = {
    DEBUG: { ...place, given: ['DEBUG'] },
    SECURE_SSL_REDIRECT: follows,
    SECURE_HSTS_SECONDS: follows,
    CSRF_COOKIE_SECURE: place,
    SECURE_REFERRER_POLICY: follows,
  };
  const ids = ['W018', 'W008', 'W004', 'W016', 'W012'].map((id) => `security.${id}`);
  const checks = [...ids.map((id) => message({ id })), message({ id: 'security.E023', level: 40 })];
  const project = projectSettings({ debug: true, debug_off: { DEBUG: 'False' }, assigned });
  const found = look({ project, checks });
  expect(found.map(({ id }) => id)).toEqual(['security.E023', 'deploy.debug', 'security.W012', 'security.W016']);
  expect(found[1]?.message).toMatch(
    /2 further warnings of Django depend on it and are left out until it is off\. The build has DEBUG, .* DEBUG=False$/,
  );
  // Where nothing is told of DEBUG, nothing is left out.
  expect(look({ project, checks: checks.slice(1) })).toHaveLength(5);
});

test('empty ALLOWED_HOSTS are told once', () => {
  const checks = [message({ id: 'security.W020' })];
  const project = projectSettings({ allowed_hosts: [] });
  expect(look({ project, checks }).map(({ id }) => id)).toEqual(['security.W020']);
  expect(look({ project, checks }, { url: 'https://shop.example' }).map(({ id }) => id)).toEqual([
    'deploy.allowed-hosts',
  ]);
});
