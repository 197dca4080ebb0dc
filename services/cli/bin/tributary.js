#!/usr/bin/env node
/* npm links this file when it installs, before anything is compiled. */
import { existsSync } from 'node:fs';

const entry = new URL('../../../dist/cli.js', import.meta.url);
if (!existsSync(entry)) {
  console.error('tributary: not built yet; run `npm start` or `npm run build` in the repository once');
  process.exit(1);
}
await import(entry.href);
