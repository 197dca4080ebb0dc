import { readFileSync } from 'node:fs';
import type { DynamicModule } from '@nestjs/common';
import { withSecretFiles } from '@tributary/configuration';
import type { Environment } from '@tributary/configuration';
import { faultText, serve, VERSION } from '@tributary/http';
import type { Address, Health, ReadinessCondition, Serving } from '@tributary/http';
import { Fault, retry, sleep, systemClock } from '@tributary/kernel';
import { openLog, openMetrics, openTracing } from '@tributary/telemetry';
import type { Log, Metrics, Tracing } from '@tributary/telemetry';
import type { FastifyInstance } from 'fastify';
import { WaitingModule } from './waiting.module.ts';

export type ProcessConfig = {
  readonly address: Address;
  /** Where spans go; none are made without it. */
  readonly otlpEndpoint?: string | undefined;
};

/** What a process watches itself with. */
export type Telemetry = { readonly log: Log; readonly metrics: Metrics; readonly tracing: Tracing };

/** A process that has what it needs. */
export type Opened = {
  readonly health: Pick<Health, 'conditions' | 'ready'>;
  module(health: Health): DynamicModule;
  readonly stream?: (fastify: FastifyInstance) => void;
  close(): Promise<void>;
};

export type Process<Config extends ProcessConfig> = {
  readonly service: string;
  readonly readConfig: (env: Environment) => Config;
  /** Opens what the process needs. A Fault says what is in the way; it is tried again until it is gone. */
  readonly open: (config: Config, telemetry: Telemetry, stopping: AbortSignal) => Promise<Opened>;
};

/** A stop takes at most this long; what is not done by then is done by the next start. */
const STOP_MS = 9_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Runs a process until it is told to stop: prints its configuration, answers health from the first moment on, opens
 * what it needs however long that takes, and serves. A broken configuration ends it at once.
 */
export async function runProcess<Config extends ProcessConfig>(
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
  const measure = (): Metrics => openMetrics({ service, version: VERSION });
  log.config(config);
  const stopping = new AbortController();
  const life = new Lifecycle(log, config.address, measure);
  onSignals(stopping, log);
  try {
    await life.wait();
    const tried = () => open(config, { log, tracing, metrics: life.measureAnew() }, stopping.signal);
    const opened = await untilOpened(tried, life, stopping.signal);
    if (opened) await life.serve(opened, stopping.signal);
  } finally {
    await life.end();
    await tracing.close(1_000);
  }
  log.info('process.stopped');
}

/** Tries until it is open, or the process is to stop. */
async function untilOpened(
  open: () => Promise<Opened>,
  life: Lifecycle,
  stopping: AbortSignal,
): Promise<Opened | undefined> {
  /* What is still opening then is left to the end of the process. */
  const stopped = new Promise<undefined>((resolve) =>
    stopping.addEventListener('abort', () => resolve(undefined), { once: true }),
  );
  const opening = retry(() => Promise.race([open(), stopped]), {
    firstDelay: FIRST_PAUSE_MS,
    maxDelay: LONGEST_PAUSE_MS,
    isRetryable: () => true,
    onRetry: (error) => life.report(conditionOf(error), error),
    signal: stopping,
    sleep,
  });
  return opening.catch((error: unknown) => {
    if (stopping.aborted) return undefined;
    throw error;
  });
}

const conditionOf = (error: unknown): ReadinessCondition => ({
  code: error instanceof Fault ? error.code : 'fault',
  detail: faultText(error),
});

/** What a process serves in its phases. */
class Lifecycle {
  readonly #log: Log;
  readonly #address: Address;
  #conditions: readonly ReadinessCondition[] = [{ code: 'starting', detail: 'the process is starting' }];
  #serving: Serving | undefined;
  #opened: Opened | undefined;
  readonly #measure: () => Metrics;
  #metrics: Metrics;
  #isStopping = false;

  constructor(log: Log, address: Address, measure: () => Metrics) {
    this.#log = log;
    this.#address = address;
    this.#measure = measure;
    this.#metrics = measure();
  }

  /** Metrics for one more try to open: what a try that failed has begun to tell must not stand in the way. */
  measureAnew(): Metrics {
    this.#metrics = this.#measure();
    return this.#metrics;
  }

  async wait(): Promise<void> {
    this.#serving = await serve(WaitingModule.with(this.#health), this.#address);
    this.#log.info('process.waiting', { url: this.#serving.url });
  }

  /** Of the same thing once only. */
  report(condition: ReadinessCondition, error: unknown): void {
    if (this.#conditions[0]?.detail !== condition.detail)
      this.#log.warn('process.condition', { code: condition.code }, error);
    this.#conditions = [condition];
  }

  async serve(opened: Opened, stopping: AbortSignal): Promise<void> {
    this.#opened = opened;
    const port = Number(new URL(this.#serving?.url ?? '').port);
    await this.#serving?.stop();
    const options = opened.stream ? { stream: opened.stream } : {};
    this.#serving = await serve(opened.module(this.#health), { ...this.#address, port }, options);
    this.#conditions = [];
    this.#log.info('process.serving', { url: this.#serving.url });
    if (!stopping.aborted)
      await new Promise<void>((resolve) =>
        stopping.addEventListener('abort', () => resolve(), { once: true }),
      );
    this.#isStopping = true;
  }

  async end(): Promise<void> {
    const late = setTimeout(() => {
      this.#log.error('process.stop_overdue');
      process.exit(1);
    }, STOP_MS);
    await this.#serving?.stop();
    await this.#opened?.close();
    clearTimeout(late);
  }

  readonly #health: Health = {
    alive: () => ({}),
    conditions: async () => {
      if (this.#isStopping) return [{ code: 'stopping', detail: 'the process is stopping' }];
      return (await this.#opened?.health.conditions()) ?? this.#conditions;
    },
    ready: () => this.#opened?.health.ready() ?? {},
    metrics: async () => {
      const metrics = this.#metrics;
      return { type: metrics.contentType, text: await metrics.text() };
    },
  };
}

/** The first signal stops, the second one does not wait. */
function onSignals(stopping: AbortController, log: Log): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      log.info('process.stopping', { signal });
      stopping.abort(new Fault('stopping', 'the process is told to stop'));
    });
  }
}
