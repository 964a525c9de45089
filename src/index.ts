import { start } from './runner/start.ts';

void start(() => import('./run.ts'));
