/** Says whether a value, as JSON gave it, is what it should be. */
export type Check = (value: unknown) => boolean;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const orNothing =
  (check: Check): Check =>
  (value) =>
    value === null || value === undefined || check(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/** Every key and value of an object. */
export const mapOf =
  (checkKey: (key: string) => boolean, checkValue: Check): Check =>
  (value) =>
    isObject(value) && Object.entries(value).every(([key, one]) => checkKey(key) && checkValue(one));

/** JSON that others wrote, where it is what it should be; undefined where it is not, or no JSON. */
export function parseAs<T>(text: string, check: Check): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return check(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

/** An object with these fields; it may have others. */
export const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
