/** What a grant is for: everything, or databases by a pattern of LIKE: `preview\_%`. */
const grant = /^GRANT (.+?) ON (?:\*|[`"']?((?:[^`"']|``)*?)[`"']?)\.\* TO /i;

const escaped = /[.*+?^${}()|[\]\\]/g;

/** A pattern of LIKE as an expression. */
function likePattern(pattern: string): RegExp {
  const text = pattern.replace(/\\([_%])|([_%])|([\s\S])/g, (_all, literal, wild, other) =>
    literal ? literal : wild ? (wild === '_' ? '[\\s\\S]' : '[\\s\\S]*') : String(other).replace(escaped, '\\$&'),
  );
  return new RegExp(`^${text}$`, 'i');
}

/**
 * Whether lines of SHOW GRANTS let a user make a database of that name, and drop it again; undefined where a role may do
 * so, whose rights are not in the lines (https://dev.mysql.com/doc/refman/8.4/en/show-grants.html).
 */
export function mayCreate(grants: readonly string[], name: string): boolean | undefined {
  const rights = grants.flatMap((line) => {
    const [, privileges = '', pattern] = grant.exec(line) ?? [];
    if (privileges === '' || (pattern !== undefined && !likePattern(pattern).test(name))) return [];
    return privileges.split(/,\s*/).map((one) => one.trim().toUpperCase());
  });
  const has = (right: string) => rights.some((one) => one === right || /^ALL( PRIVILEGES)?$/.test(one));
  if (has('CREATE') && has('DROP') && has('ALTER')) return true;
  const roles = grants.some((line) => !/ ON /i.test(line) && /^GRANT .+ TO /i.test(line));
  return roles ? undefined : false;
}
