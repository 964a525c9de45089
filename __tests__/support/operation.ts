import type { Operation } from '../../src/project/migrate/migration-outcome.ts';

/** An operation of a migration: one on an order of a shop, that does nothing unless told otherwise. */
export const operationOf = (more: Partial<Operation>): Operation => ({
  kind: 'AddIndex',
  own_class: null,
  text: 'Change order',
  app: 'shop',
  model: 'order',
  table: 'shop_order',
  new_table: false,
  managed: true,
  reversible: true,
  no_effect: false,
  old: null,
  new: null,
  old_name: null,
  new_name: null,
  index: null,
  statements: null,
  function: null,
  line: null,
  size: null,
  ...more,
});
