/* `npm start`: installs, builds, starts the server, loads the recorded experiment on the first start, and prints answers. */

/* Set before any native module is loaded, because libuv reads the size of its thread pool once. */
process.env.UV_THREADPOOL_SIZE ??= '16';

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';
import { printAnswers } from './welcome.js';

const root = join(import.meta.dirname, '..');
const recorded = join(root, 'examples/lab/log.ndjson.gz');

install();
console.error('building …');
await build();

const { startEmbedded } = await import('../libs/server/embedded/dist/index.js');
const { readConfig } = await import('../services/standalone/dist/config.js');
const config = readConfig({ TRIBUTARY_DATA: join(root, '.tributary'), ...process.env });
const server = await startEmbedded(config).catch((error) => {
  console.error(explain(error));
  process.exit(1);
});
console.error(`serving ${config.directory} on ${server.listening}`);
if (server.exposure !== undefined) console.error(server.exposure);

stopOnSignal();
if ((await isEmpty()) && existsSync(recorded)) await loadLab();
await printAnswers(server.url);

/** Loads the experiment with the command that a user types. It cannot use spawnSync: the server runs in this thread. */
async function loadLab() {
  console.error('loading the recorded experiment (examples/lab) …');
  const cli = join(root, 'dist/cli.js');
  const importing = spawn(
    process.execPath,
    [cli, 'import', recorded, '--url', server.url, '--json', '--quiet'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [status] = await once(importing, 'exit');
  if (status !== 0) console.error('the experiment could not be loaded; the error is above');
}

async function isEmpty() {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ status { counts { count } } }' }),
  });
  return (await response.json()).data.status.counts.length === 0;
}

function explain(error) {
  if (error.code === 'EADDRINUSE')
    return `port ${config.port} is in use; choose another one, such as PORT=4900 npm start`;
  return error.message;
}

function stopOnSignal() {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void server.close().then(() => process.exit(0));
    });
  }
}
