/**
 * Runs at the beginning of every test file. Files share a process and its modules, so that these are loaded once; a hook at
 * the top of a module would be the first file's only.
 */
import { afterAll } from 'vitest';
import { clearAway } from './afterwards.ts';

afterAll(clearAway);
