#!/usr/bin/env node
import { once } from 'node:events';

process.env['UV_THREADPOOL_SIZE'] ??= '16';

// Loaded when the size of the thread pool is set: native code starts threads when it is loaded.
const { run } = await import('./program.ts');
const { printOnlyPrintable } = await import('@tributary/kernel');

/* The loggers of a server that runs in this process write there too. Results may be bytes of a file. */
printOnlyPrintable([process.stderr]);

// A reader such as head may close the pipe before the end.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv, {
  print: (text) => void process.stdout.write(text),
  drained: async () => {
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  },
  report: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true && process.env['NO_COLOR'] === undefined,
  directory: process.env['TRIBUTARY_DATA'] ?? '.tributary',
  environment: process.env,
  onSignal: (listener) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener);
  },
  exitNow: (code) => process.exit(code),
});
