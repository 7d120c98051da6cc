#!/usr/bin/env node
/** The composition root: what the commands have of the world is wired here, and nowhere else. */
import { runProgram } from './cli/program.ts';
import { systemClock } from './clock.ts';

// Whoever reads the output may stop reading: `rollcall plan … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await runProgram(process.argv, {
  env: process.env,
  clock: systemClock,
  print: (line) => process.stdout.write(`${line}\n`),
  say: (line) => process.stderr.write(`${line}\n`),
  watched: process.stderr.isTTY,
  interactive: process.stdin.isTTY && process.stderr.isTTY,
  setExitCode: (code) => {
    process.exitCode = code;
  },
});

// A library that was stopped half-way may still hold timers: a server that has ended must not look alive to whoever starts it again.
setTimeout(() => process.exit(), 2000).unref();
