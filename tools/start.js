/* `npm start`: installs, builds, serves, loads the recorded experiment on the first start, and prints its answers. */

/* Before anything native is loaded: libuv reads the size of its pool once. */
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
build();

const { startEmbedded } = await import('../libs/server/embedded/dist/index.js');
const { readConfig } = await import('../services/standalone/dist/config.js');
const config = readConfig({ TRIBUTARY_DATA: join(root, '.tributary'), ...process.env });
const server = await startEmbedded(config).catch((error) => {
  console.error(explain(error));
  process.exit(1);
});
console.error(`serving ${config.directory} on ${server.url}`);

stopOnSignal();
if ((await isEmpty()) && existsSync(recorded)) await loadLab();
await printAnswers(server.url);

/** By the same command that a user would type. Not spawnSync: the server answers from this thread. */
async function loadLab() {
  console.error('loading the recorded experiment (examples/lab) …');
  const cli = join(root, 'services/cli/dist/main.js');
  const importing = spawn(
    process.execPath,
    [cli, 'import', recorded, '--url', server.url, '--json', '--quiet'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [status] = await once(importing, 'exit');
  if (status !== 0) console.error('it could not be loaded; the lines above say why');
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
    return `port ${config.port} is taken; choose another with PORT=4900 npm start`;
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
