/** A value as one word of a POSIX shell, whatever is in it. */
export const quoteAlways = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same for a command that people read: quotes stand only where they are needed. */
export const quote = (text: string): string => (/^[\w./:@%+=,-]+$/.test(text) ? text : quoteAlways(text));
