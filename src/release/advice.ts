/** What is known of the project and its host for the lines to copy. */
export interface AdviceFacts {
  /** `DJANGO_SETTINGS_MODULE`, where it is known. */
  readonly settingsModule: string | undefined;
  /** The variable in which the host tells the app its commit; undefined where it sets none. */
  readonly commitVariable: string | undefined;
  /** A hook, to which the commit can be handed. */
  readonly isHook: boolean;
  /** The request to it has the commit in it already. */
  readonly sendsCommit: boolean;
}

/** How the app gets to know its commit. */
function howToTell({ commitVariable, isHook, sendsCommit }: AdviceFacts): string[] {
  if (commitVariable !== undefined) return [];
  if (!isHook) return ['Set the variable RELEASE to the commit where the app starts.'];
  if (sendsCommit)
    return [
      'The hook gets it already, where {sha} or {release} stands. Let the host start the app with the variable RELEASE set to it.',
    ];
  return [
    'The hook gets the commit where {sha} stands, for example in host-options:',
    '',
    '    body: {"sha": "{sha}"}',
    '',
    'Let the host start the app with the variable RELEASE set to it.',
  ];
}

/** Where the lines go: into the package of the settings; beside manage.py where the settings are a module of their own, which holds no other. */
function placeOf(settingsModule = 'yourproject.settings'): { file: string; module: string } {
  const [folder, ...inFolder] = settingsModule.split('.');
  return inFolder.length > 0
    ? { file: `${folder}/release.py`, module: `${folder}.release` }
    : { file: 'release.py, beside manage.py', module: 'release' };
}

/** The few lines that make the next deploy provable, whatever it changes. */
export function provableAdvice(facts: AdviceFacts): string {
  const { settingsModule, commitVariable = 'RELEASE' } = facts;
  const { file, module } = placeOf(settingsModule);
  const how = howToTell(facts);
  return [
    'To prove the next deploy by its commit, let the app say which one it runs:',
    '',
    `    # ${file}`,
    '    import os',
    '',
    '    def show_release(get_response):',
    '        def middleware(request):',
    '            response = get_response(request)',
    `            response["X-Release"] = os.environ.get("${commitVariable}", "")`,
    '            return response',
    '        return middleware',
    '',
    `and add "${module}.show_release" to MIDDLEWARE.`,
    ...(how.length > 0 ? ['', ...how] : []),
  ].join('\n');
}
