import { hash } from 'node:crypto';

/** In hex. */
export const md5 = (content: string | Uint8Array): string => hash('md5', content);
