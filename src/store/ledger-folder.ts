/** Outside every prefix of public files. */
export const ledgerFolder = '.deploy-django/';
