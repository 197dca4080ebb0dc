import { inspect } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { fewFilesText } from './open-files.ts';

/* First of all: libuv reads the size of its thread pool when native code first uses it. */
process.env['UV_THREADPOOL_SIZE'] ??= '16';
/* The engine would keep what a query used for five seconds more, beside what the next one needs. */
process.env['JE_MALLOC_CONF'] ??= 'dirty_decay_ms:1000,muzzy_decay_ms:0';
/* Loading modules would grow the young generation to its limit, and it never shrinks again. */
setFlagsFromString('--semi-space-growth-factor=1');
/* Node says of a package that it cannot open that there is none. */
const tooFew = fewFilesText();
if (tooFew !== undefined) {
  console.error(tooFew);
  process.exit(1);
}
const { startEmbedded } = await import('@tributary/embedded');
const { EXIT_DEAD, faultText } = await import('@tributary/http');
const { printOnlyPrintable } = await import('@tributary/kernel');
const { readConfig } = await import('./config.ts');

printOnlyPrintable([process.stdout, process.stderr]);

/** Milliseconds that closing may take when a part has died. */
const CLOSE_MS = 5_000;

/** Faults and system errors are described by their message; unforeseen errors need their stack. */
function fail(error: unknown): never {
  console.error(error instanceof Error && 'code' in error ? error.message : inspect(error));
  process.exit(1);
}

const writeLine = (line: string): void => void process.stdout.write(line);
const start = async () => startEmbedded({ ...readConfig(process.env), writeLine });
const starting = start().catch(fail);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void starting.then((server) => server.close()).then(() => process.exit(0), fail);
  });
}

const server = await starting;
const { url, listening, metricsUrl, exposure, outdated, warnings } = server;
setFlagsFromString('--semi-space-growth-factor=2');
const metrics = metricsUrl === undefined ? '' : `, metrics on ${metricsUrl}/metrics`;
console.log(`Tributary listens on ${listening}, GraphQL on ${url}/graphql${metrics}`);
if (exposure !== undefined) console.error(exposure);
if (outdated !== undefined) console.error(outdated);
for (const warning of warnings) console.error(warning);

/* What is dead may not close either; the next start replays what this one leaves. */
void server.died.then((fault) => {
  console.error(`a part of the server has died and the process ends: ${faultText(fault)}`);
  setTimeout(() => process.exit(EXIT_DEAD), CLOSE_MS);
  void server.close().finally(() => process.exit(EXIT_DEAD));
});
