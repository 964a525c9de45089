import { start } from './runner/start.ts';

void start(async () => (await import('./main.ts')).main);
