/** Ordinary words of a log: masking them would hide what a run says and protect nothing. */
const common = new Set(
  `true false none null undefined yes no on off enabled disabled auto test tests testing localhost admin administrator
  root user username guest anonymous postgres postgresql mysql mariadb redis sqlite memcached rabbitmq minio production
  prod staging stage development develop dev local debug info warning error critical main master trunk head default
  public private internal example sample demo django python node nodejs html json text plain utf-8 static media files
  images assets preview previews live deploy deploys deployed deployment build release github gitlab render actions
  runner http https password passwd secret token key api app apps web site home www server client service worker
  database cache queue mail email smtp application/json bearer basic git index empty required optional`.split(/\s+/),
);

/** Whether a value is a word that says nothing by itself, or a number of a few digits. */
export const isCommon = (value: string): boolean => common.has(value.toLowerCase()) || /^\d{1,4}(\.\d+)*$/.test(value);

/** The words that vendors put into the paths of their hooks; what stands beside them is a name or a token. */
const fixed = new Set(
  `api apis rest rpc v deploy deploys deployment deployments deploy-hook deploy_hook deploy-hooks deploy_hooks hook hooks
  webhook webhooks build builds build_hooks build-hooks trigger triggers triggerbuild redeploy restart rebuild refresh
  run start update publish release releases rollback preview previews teardown destroy service services project projects
  app apps application applications user users site sites environment environments integrations integration functions
  function generic incoming git github gitlab bitbucket source public ci cd job jobs workflow workflows dispatch
  dispatches pipeline pipelines team teams account accounts org orgs resource resources server servers web index go
  external internal event events callback notify receive ping call invoke execute`.split(/\s+/),
);

/** Whether a part of a hook's path is a word of its vendor. */
export const isFixedWord = (part: string): boolean =>
  fixed.has(part.toLowerCase()) || isCommon(part) || /^v\d+(\.\d+)?(alpha|beta)?\d*$/i.test(part);
