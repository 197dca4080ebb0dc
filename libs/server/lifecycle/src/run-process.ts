import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { FAULT_GRACE } from '@tributary/capture';
import type { RequestLimits } from '@tributary/capture';
import { withSecretFiles } from '@tributary/configuration';
import type { Environment } from '@tributary/configuration';
import { EXIT_DEAD, exposureText, faultText, openAccess, VERSION } from '@tributary/http';
import type { AccessSettings, Address, Authenticator } from '@tributary/http';
import { Fault, printOnlyPrintable, retry, sleep, systemClock } from '@tributary/kernel';
import { openLog, openMetrics, openTracing } from '@tributary/telemetry';
import type { Log, Metrics, Tracing } from '@tributary/telemetry';
import { keepPrivate, useUmask } from './folder-permissions.ts';
import { Lifecycle } from './lifecycle.ts';
import type { Opened } from './lifecycle.ts';

export type ProcessConfig = {
  readonly address: Address;
  /** Whom the process answers; everybody where absent. */
  readonly access?: AccessSettings | undefined;
  /** Where spans are sent; none are made without it. */
  readonly otlpEndpoint?: string | undefined;
  /** How many requests the process takes on at once; the standard limits where absent. */
  readonly limits?: RequestLimits | undefined;
  /** Milliseconds that the process goes on when a part of it has died; the standard grace where absent. */
  readonly faultGrace?: number | undefined;
  /** Permissions that files of this process do not have; those of the system where absent. */
  readonly umask?: number | undefined;
  /** Folders of this process. */
  readonly directory?: string | undefined;
  readonly blobs?: string | undefined;
};

/** How a process is observed. */
export type Telemetry = { readonly log: Log; readonly metrics: Metrics; readonly tracing: Tracing };

export type Process<Config extends ProcessConfig> = {
  readonly service: string;
  readonly readConfig: (env: Environment) => Config;
  /** Opens what the process needs. A Fault names what is missing; opening is retried until it succeeds. */
  readonly open: (config: Config, telemetry: Telemetry, stopping: AbortSignal) => Promise<Opened>;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** What an entry file does: runs the process to its end. An unforeseen error is printed with its stack. */
export async function start<Config extends ProcessConfig>(
  described: Process<Config>,
  env: Environment,
): Promise<void> {
  printOnlyPrintable([process.stdout, process.stderr]);
  try {
    await runProcess(described, env);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Error && 'code' in error ? faultText(error) : inspect(error));
    process.exit(error instanceof Fault && error.code === 'process_dead' ? EXIT_DEAD : 1);
  }
}

/**
 * Runs a process until a signal stops it: prints its configuration, answers health from the first moment on, opens
 * what it needs however long that takes, and serves. Throws Fault `configuration` for a broken configuration.
 */
async function runProcess<Config extends ProcessConfig>(
  { service, readConfig, open }: Process<Config>,
  env: Environment,
): Promise<void> {
  const config = readConfig(withSecretFiles(env, (path) => readFileSync(path, 'utf8')));
  const tracing = await openTracing({ service, version: VERSION, endpoint: config.otlpEndpoint });
  const log = openLog({
    service,
    clock: systemClock,
    write: (line) => void process.stdout.write(line),
    traceparent: () => tracing.traceparent(),
  });
  log.config(config);
  for (const text of keepFoldersPrivate(config)) log.warn('folder.permissions', { text });
  const stopping = new AbortController();
  const lifecycle = new Lifecycle({
    log,
    address: config.address,
    authenticator: authenticatorOf(config, log),
    limits: config.limits,
    faultGrace: config.faultGrace ?? FAULT_GRACE,
    openMetrics: () => openMetrics({ service, version: VERSION }),
  });
  stopOnSignals(stopping, log);
  try {
    await lifecycle.wait();
    const attempt = () => open(config, { log, tracing, metrics: lifecycle.renewMetrics() }, stopping.signal);
    const opened = await untilOpened(attempt, lifecycle, stopping.signal);
    if (opened) await lifecycle.serve(opened, stopping.signal);
  } finally {
    await lifecycle.end();
    await tracing.close(1_000);
  }
  log.info('process.stopped');
}

/** Says beyond loopback whom the process answers. Throws the faults of `openAccess`. */
function authenticatorOf(
  { address, access = { auth: 'none' } }: ProcessConfig,
  log: Log,
): Authenticator | undefined {
  const report = (text: string): void => log.warn('access.keys', { text });
  const authenticator = openAccess({ address, ...access, now: Date.now, report });
  const exposure = exposureText(address, authenticator !== undefined);
  if (exposure !== undefined && !authenticator) log.warn('access.open', { text: exposure });
  return authenticator;
}

function keepFoldersPrivate({ umask, directory, blobs }: ProcessConfig): string[] {
  if (umask === undefined) return [];
  useUmask(umask);
  return keepPrivate(
    [directory, blobs].filter((folder) => folder !== undefined),
    umask,
  );
}

/** Retries until the process is open. Undefined where it is stopped before. */
async function untilOpened(
  open: () => Promise<Opened>,
  lifecycle: Lifecycle,
  stopping: AbortSignal,
): Promise<Opened | undefined> {
  /* An attempt that is still opening then ends with the process. */
  const stopped = new Promise<undefined>((resolve) =>
    stopping.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const opening = retry(() => Promise.race([open(), stopped]), {
    firstDelay: FIRST_PAUSE_MS,
    maxDelay: LONGEST_PAUSE_MS,
    isRetryable: () => true,
    onRetry: (error) => lifecycle.report(error),
    signal: stopping,
    sleep,
  });
  return opening.catch((error: unknown) => {
    if (stopping.aborted) return undefined;
    throw error;
  });
}

/** The first signal stops the process gracefully; a second one ends it at once. */
function stopOnSignals(stopping: AbortController, log: Log): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      log.info('process.stopping', { signal });
      stopping.abort(new Fault('stopping', 'the process was told to stop'));
    });
  }
}
