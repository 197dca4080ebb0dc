/* `node tools/broker/main.js obtain|run|start|stop|conform`: a real Kafka broker on the loopback interface. See docs/guides/kafka-broker.md. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';

register();
const { startBroker } = await import('../../libs/testing/test-servers/src/broker/broker.ts');
const { jarsOf } = await import('../../libs/testing/test-servers/src/broker/jars.ts');

const CACHE = join(import.meta.dirname, '../../.tributary-test/broker');
const USAGE =
  'usage: node tools/broker/main.js obtain|run|start|stop|conform [--version V] [--brokers N] [--state FILE]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string' },
    brokers: { type: 'string', default: '1' },
    state: { type: 'string', default: join(CACHE, 'running.json') },
  },
});
/** The state that `run` writes for `stop`. Each broker has its own file. */
const STATE = resolve(values.state);
const LOG = `${STATE}.log`;

const COMMANDS = { obtain, run, start, stop, conform };
const command = COMMANDS[positionals[0] ?? ''];
if (command === undefined) fail(USAGE);
await command().catch((error) => fail(error.message));

async function obtain() {
  const jars = jarsOf(values.version);
  if (!jars.ok) fail(jars.reason);
  console.log(`Kafka ${jars.version}: ${jars.classpath}`);
}

/** Serves until a signal, then deletes its directory. */
async function run() {
  const broker = await startBroker({ version: values.version, brokers: Number(values.brokers) });
  const addresses = broker.bootstrap.join(',');
  if (process.argv.includes('--state')) {
    const state = { pid: process.pid, addresses, directory: broker.directory };
    writeFileSync(STATE, JSON.stringify(state));
  }
  console.log(addresses);
  const alive = setInterval(() => {}, 60_000);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      clearInterval(alive);
      void broker.stop().then(() => process.exit(0));
    });
  }
}

/** Starts `run` in the background. */
async function start() {
  const before = running();
  if (before !== undefined)
    fail(`a broker is already running on ${before.addresses}; stop it first, or use another --state`);
  mkdirSync(dirname(STATE), { recursive: true });
  rmSync(STATE, { force: true });
  const log = openSync(LOG, 'w');
  const version = values.version === undefined ? [] : ['--version', values.version];
  const background = spawn(
    process.execPath,
    [import.meta.filename, 'run', '--state', STATE, '--brokers', values.brokers, ...version],
    { detached: true, stdio: ['ignore', log, log] },
  );
  background.unref();
  while (running() === undefined) {
    if (background.exitCode !== null) fail(readFileSync(LOG, 'utf8').trim());
    await pause(100);
  }
  console.log(running().addresses);
}

async function stop() {
  const before = running();
  if (before === undefined) fail(`no broker is running according to ${STATE}`);
  process.kill(before.pid, 'SIGTERM');
  while (isAlive(before.pid)) await pause(100);
  rmSync(STATE, { force: true });
  console.log(`stopped ${before.addresses}`);
}

/** Checks which features of a stock client work against the version. */
async function conform() {
  const { conform: check } = await import('../../tests/broker/conformance/conform.ts');
  process.exitCode = (await check(values.version)) === 0 ? 0 : 1;
}

function running() {
  if (!existsSync(STATE)) return undefined;
  const found = JSON.parse(readFileSync(STATE, 'utf8') || '{}');
  // Another process may have the PID by now. The directory is deleted when the process ends.
  return found.directory !== undefined && existsSync(found.directory) ? found : undefined;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
