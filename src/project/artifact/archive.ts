import type { Readable } from 'node:stream';

/** What goes into an archive: bytes at hand, a file, or a link. */
export type ArchiveEntry =
  | { readonly path: string; readonly executable: boolean; readonly sha256: string; readonly bytes: Uint8Array }
  | {
      readonly path: string;
      readonly executable: boolean;
      readonly sha256: string;
      readonly file: string;
      readonly size: number;
    }
  | { readonly path: string; readonly target: string };

/** What comes out of one. A file's bytes have to be read before the next entry is asked for. */
export type UnpackedEntry =
  | { readonly path: string; readonly kind: 'file'; readonly content: Readable }
  | { readonly path: string; readonly kind: 'link' | 'other' };
