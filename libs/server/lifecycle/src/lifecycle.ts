import type { DynamicModule } from '@nestjs/common';
import { LIMIT_NAMES } from '@tributary/capture';
import type { RequestLimits } from '@tributary/capture';
import { EXIT_DEAD, faultText, serve, watchFault } from '@tributary/http';
import type { Address, Authenticator, Health, ReadinessCondition, Serving } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { readinessCodes } from './readiness-codes.ts';
import { logReads } from './log-reads.ts';
import type { Log, Metrics } from '@tributary/telemetry';
import type { FastifyInstance } from 'fastify';
import { WaitingModule } from './waiting.module.ts';

/** A process that has what it needs. */
export type Opened = {
  readonly health: Pick<Health, 'conditions' | 'ready'> & {
    /** What has died and only a restart brings back; undefined where nothing has. */
    dead?(): unknown;
    /** What is wrong without keeping the process from its work. */
    warnings?(): readonly ReadinessCondition[];
  };
  module(health: Health): DynamicModule;
  readonly stream?: (fastify: FastifyInstance) => void;
  close(): Promise<void>;
};

const deadProcess = (cause: unknown, grace: number): Fault =>
  new Fault(
    'process_dead',
    `the process ends ${grace / 1000} s after a part of it died: ${faultText(cause)}`,
    {
      cause,
    },
  );

const addressesOf = ({ url, metricsUrl }: Serving) => ({ url, ...(metricsUrl && { metrics: metricsUrl }) });

/** A stop takes at most this long. What is not done by then is done by the next start. */
const STOP_MS = 9_000;

type Options = {
  readonly log: Log;
  readonly address: Address;
  readonly authenticator?: Authenticator | undefined;
  readonly limits: RequestLimits | undefined;
  /** Milliseconds that the process goes on when a part of it has died. */
  readonly faultGrace: number;
  readonly openMetrics: () => Metrics;
};

/** What a process serves while it waits for what it needs, while it works, and while it stops. */
export class Lifecycle {
  readonly #options: Options;
  #conditions: readonly ReadinessCondition[] = [{ code: 'starting', detail: 'the process is starting' }];
  #serving: Serving | undefined;
  #opened: Opened | undefined;
  #metrics!: Metrics;
  #isStopping = false;
  #isDead = false;

  constructor(options: Options) {
    this.#options = options;
    this.renewMetrics();
  }

  /** Metrics for one more attempt to open: those that a failed attempt has registered would be registered twice. */
  renewMetrics(): Metrics {
    const metrics = this.#options.openMetrics();
    metrics.conditions(() =>
      readinessCodes(() => this.#health.conditions(), this.#opened?.health.warnings?.()),
    );
    this.#metrics = metrics;
    return metrics;
  }

  /** Answers health, and 503 for everything else. */
  async wait(): Promise<void> {
    const { address, authenticator, log } = this.#options;
    this.#serving = await serve(WaitingModule.with(this.#health), address, {
      authenticator,
      metrics: this.#measured,
    });
    log.info('process.waiting', { ...addressesOf(this.#serving), host: address.host });
  }

  /** Reports why an attempt to open failed. The log gets a reason that repeats itself once. */
  report(error: unknown): void {
    const condition = { code: error instanceof Fault ? error.code : 'fault', detail: faultText(error) };
    if (this.#conditions[0]?.detail !== condition.detail)
      this.#options.log.warn('process.condition', { code: condition.code }, error);
    this.#conditions = [condition];
  }

  /** Serves on the port that it waited on. Resolves when the process is to stop, or throws Fault `process_dead`. */
  async serve(opened: Opened, stopping: AbortSignal): Promise<void> {
    const { address, authenticator, limits, log } = this.#options;
    this.#opened = opened;
    const port = Number(new URL(this.#serving?.url ?? '').port);
    await this.#serving?.stop();
    const options = {
      limits,
      authenticator,
      metrics: this.#measured,
      refused: this.#metrics.refusals(LIMIT_NAMES).refused,
      read: logReads(log),
      ...(opened.stream && { stream: opened.stream }),
    };
    this.#serving = await serve(opened.module(this.#health), { ...address, port }, options);
    this.#conditions = [];
    log.info('process.serving', { ...addressesOf(this.#serving), host: address.host });
    try {
      await this.#untilStopped(opened, stopping);
    } finally {
      this.#isStopping = true;
    }
  }

  /** Throws Fault `process_dead` where a part of the process has been dead for the grace. */
  #untilStopped({ health }: Opened, stopping: AbortSignal): Promise<void> {
    const { faultGrace: grace } = this.#options;
    return new Promise((resolve, reject) => {
      const end = watchFault({
        fault: () => health.dead?.(),
        grace,
        died: (fault) => {
          this.#isDead = true;
          reject(deadProcess(fault, grace));
        },
      });
      const stop = (): void => {
        end();
        resolve();
      };
      if (stopping.aborted) stop();
      stopping.addEventListener('abort', stop, { once: true });
    });
  }

  /** Drains requests and closes what is open. Ends the process if that takes too long: what is dead may not close. */
  async end(): Promise<void> {
    const deadline = setTimeout(() => {
      this.#options.log.error('process.stop_overdue');
      process.exit(this.#isDead ? EXIT_DEAD : 1);
    }, STOP_MS);
    await this.#serving?.stop();
    await this.#opened?.close();
    clearTimeout(deadline);
  }

  readonly #measured = async () => {
    const metrics = this.#metrics;
    return { type: metrics.contentType, text: await metrics.text() };
  };

  readonly #health: Health = {
    alive: () => ({}),
    conditions: async () => {
      if (this.#isStopping) return [{ code: 'stopping', detail: 'the process is stopping' }];
      return (await this.#opened?.health.conditions()) ?? this.#conditions;
    },
    ready: () => {
      const health = this.#opened?.health;
      const warnings = health?.warnings?.();
      return { ...health?.ready(), ...(warnings && { warnings }) };
    },
    metrics: this.#measured,
  };
}
