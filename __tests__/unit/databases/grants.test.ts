import { expect, test } from '@jest/globals';
import { mayCreate } from '../../../src/databases/sql/grants.ts';

/** Lines as MariaDB 10.11 and MySQL 8.4 write them. */
const usage = "GRANT USAGE ON *.* TO `previews`@`%` IDENTIFIED BY PASSWORD '*2470'";
const name = 'preview_1296269_3f9ac12b04de_pr_7';

test.each<[string, boolean | undefined, readonly string[]]>([
  ['all on all', true, ["GRANT ALL PRIVILEGES ON *.* TO 'root'@'localhost' WITH GRANT OPTION"]],
  ['all on databases of previews', true, [usage, 'GRANT ALL PRIVILEGES ON `preview\\_%`.* TO `previews`@`%`']],
  ['an underscore as a wildcard', true, [usage, 'GRANT ALL PRIVILEGES ON `preview_%`.* TO `previews`@`%`']],
  ['every right by its name', true, ['GRANT SELECT, INSERT, CREATE, DROP, ALTER, INDEX ON *.* TO `u`@`%`']],
  [
    'rights that come in two lines',
    true,
    ['GRANT CREATE, DROP ON *.* TO `u`@`%`', 'GRANT ALTER ON `preview%`.* TO `u`@`%`'],
  ],
  ['nothing', false, [usage]],
  ['to read alone', false, [usage, 'GRANT SELECT ON *.* TO `u`@`%`']],
  ['to make and not to drop', false, ['GRANT CREATE, ALTER ON *.* TO `u`@`%`']],
  ['another database', false, [usage, 'GRANT ALL PRIVILEGES ON `shop`.* TO `previews`@`%`']],
  ['one that begins like it and has no wildcard', false, ['GRANT ALL PRIVILEGES ON `preview\\_`.* TO `u`@`%`']],
  ['one table', false, ['GRANT ALL PRIVILEGES ON `shop`.`orders` TO `u`@`%`']],
  ['what a role has', undefined, [usage, 'GRANT `makers`@`%` TO `previews`@`%`']],
])('%s', (_, expected, grants) => {
  expect(mayCreate(grants, name)).toBe(expected);
});
