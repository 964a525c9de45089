import { start } from './runner/start.ts';

void start();
