/* `npm start`: installs, builds, starts the server, loads the recorded experiment on the first start, and prints answers. */

/* Set before any native module is loaded, because libuv reads the size of its thread pool once. */
process.env.UV_THREADPOOL_SIZE ??= '16';

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from './build.js';
import { install } from './install.js';
import { printAnswers } from './welcome.js';

const root = join(import.meta.dirname, '..');
const LOOK_MILLIS = 500;
/** A log with facts of a later version stays ahead of the tables. */
const MOST_LOOKS = 240;
const recorded = join(root, 'examples/lab/log.ndjson.gz');
const tags = join(root, 'examples/lab/tags.ndjson.gz');

install();
console.error('building …');
await build();

const { isWitness, startEmbedded } = await import('../libs/server/embedded/dist/index.js');
const { readConfig } = await import('../services/standalone/dist/config.js');
const config = readConfig({ TRIBUTARY_DATA: join(root, '.tributary'), ...process.env });
const server = await startEmbedded({ ...config, witness: await witnessOf(config) }).catch((error) => {
  console.error(explain(error));
  process.exit(1);
});
console.error(`serving ${config.directory} on ${server.listening}`);
if (server.exposure !== undefined) console.error(server.exposure);

/** Where the server asks for keys, its owner's token. */
const credential = server.token === undefined ? {} : { authorization: `Bearer ${server.token}` };

stopOnSignal();
await loadLab(missing(await loaded()));
await printAnswers({ url: server.url, credential });

/**
 * As `tributary serve`: where no variable names another one, an older copy of the data is told by a file beside it. Who has
 * deleted the data begins anew, and what was known of its end is kept.
 */
async function witnessOf({ witness, directory }) {
  if (process.env.TRIBUTARY_WITNESS !== undefined) return witness;
  const path = `${resolve(directory)}.witness`;
  if (!existsSync(directory) && (await isWitness(path))) {
    renameSync(path, `${path}.before`);
    console.error(`${directory} is gone and begun anew; what was known of its end is in ${path}.before`);
  }
  return path;
}

/** Loads the experiment with the command that a user types. It cannot use spawnSync: the server runs in this thread. */
async function loadLab(files) {
  for (const file of files) {
    console.error(`loading the recorded experiment (${relative(root, file)}) …`);
    const argv = [join(root, 'dist/cli.js'), 'import', file, '--url', server.url, '--json', '--quiet'];
    const env = { ...process.env, ...(server.token && { TRIBUTARY_API_KEY: server.token }) };
    const importing = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'inherit'], env });
    const [status] = await once(importing, 'exit');
    if (status === 0) continue;
    console.error('the experiment could not be loaded; the error is above');
    return;
  }
}

/** All of it in an empty directory; the tags where an earlier version has loaded the experiment without them. */
function missing({ status, experiments }) {
  const types = status.counts.map(({ type }) => type);
  const isLab = experiments.nodes.some(({ id }) => id === 'lab');
  const wanted = types.length === 0 ? [recorded, tags] : [];
  if (isLab && !types.includes('corpus.attribute.measured')) wanted.push(tags);
  return wanted.filter((file) => existsSync(file));
}

/** What is recorded, once the tables hold it: after an upgrade they are filled again while the server answers already. */
async function loaded() {
  for (let looks = 0; ; looks += 1) {
    const { data: found, errors } = await recordedFacts();
    if (looks === MOST_LOOKS && !found) throw new Error(`the server gave no answer: ${errors?.[0]?.message}`);
    if (found && (Number(found.status.lag) === 0 || looks === MOST_LOOKS)) return found;
    if (looks === 0) console.error('filling the tables again from the log …');
    await pause(LOOK_MILLIS);
  }
}

async function recordedFacts() {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...credential },
    body: JSON.stringify({
      query: '{ status { lag counts { type } } experiments(first: 1000) { nodes { id } } }',
    }),
  });
  return response.json();
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
