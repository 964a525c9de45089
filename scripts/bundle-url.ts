import { pathToFileURL } from 'node:url';

/** Stands for `import.meta.url` in a bundle, which is CommonJS. esbuild puts it where a package asks. */
export const bundleUrl = pathToFileURL(__filename).href;
