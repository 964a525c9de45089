import { afterAll } from '@jest/globals';
import { removeRuns } from '../../demo/parts/action.ts';

/** After the tests of a file: 7,000 folders of runs had filled a disk. */
afterAll(removeRuns);
