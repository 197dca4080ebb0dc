import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { attributor, boundedAttributor, openEstimators } from '@tributary/attribution-jobs';
import {
  ANSWERING_LIMITS,
  ARTIFACT_BYTES,
  DEADLINES,
  ESTIMATE_HEAP,
  FAULT_GRACE,
  QUERY_BYTES,
  QUESTION_LIMITS,
} from '@tributary/capture';
import type {
  AnsweringLimits,
  Deadlines,
  DiskWatermarks,
  QuestionLimits,
  RequestLimits,
  ServedLimits,
} from '@tributary/capture';
import {
  boundQuestions,
  exposureText,
  isQuestion,
  openAccess,
  ownerToken,
  serve,
  shownPath,
  watchFault,
} from '@tributary/http';
import type { AccessSettings, Address, Authenticator } from '@tributary/http';
import { systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { streamBodies } from '@tributary/intake';
import { keepPrivate, logReads, useUmask } from '@tributary/lifecycle';
import { openLog } from '@tributary/telemetry';
import { EmbeddedModule } from './embedded.module.ts';
import { foldersOf } from './folders.ts';
import { openRuntime } from './runtime.ts';
import type { EmbeddedRuntime } from './runtime.ts';
import { newIdentity, writeServerFile } from './server-file.ts';
import { explainStartFault } from './start-fault.ts';

export type EmbeddedOptions = Address &
  AccessSettings & {
    readonly directory: string;
    readonly limits?: RequestLimits | undefined;
    /** What one request of GraphQL may ask. */
    readonly questions?: QuestionLimits | undefined;
    readonly answering?: AnsweringLimits | undefined;
    /** Bytes of one file of a run or model. */
    readonly artifactBytes?: number | undefined;
    /** Bytes of memory that all queries use at most together. */
    readonly queryBytes?: number | undefined;
    /** Mebibytes of the heap of a worker that estimates. */
    readonly estimateHeap?: number | undefined;
    readonly watermarks?: DiskWatermarks | undefined;
    readonly deadlines?: Deadlines | undefined;
    /** Milliseconds that the server goes on when a part of it has died. */
    readonly faultGrace?: number | undefined;
    /** Permissions that folders and files of the directory do not have; all but those of their owner where absent. */
    readonly umask?: number | undefined;
    /** A file outside the directory that keeps the newest event, so that an older copy is told; none where absent. */
    readonly witness?: string | undefined;
    /** Whether GraphQL describes its schema to callers. */
    readonly introspection?: boolean | undefined;
    /** Writes a line of JSON for each question of a caller who has a key: who read what. Nothing is written where absent. */
    readonly writeLine?: ((line: string) => void) | undefined;
    /** By which facts are recorded; that of the system where absent. */
    readonly clock?: Clock | undefined;
  };

export type EmbeddedServer = {
  /** An address of the server that this machine can call. */
  readonly url: string;
  /** Where it listens, in words. */
  readonly listening: string;
  /** Where the metrics are, if they have a port of their own. */
  readonly metricsUrl: string | undefined;
  /** Lets the owner of the directory call; undefined where everybody may. */
  readonly token: string | undefined;
  /** Who can reach it beyond this machine, in words; undefined where nobody can. */
  readonly exposure: string | undefined;
  /** That the log has facts which only a later version reads, in words; undefined where it has none. */
  readonly outdated: string | undefined;
  /** What was wrong at the start without keeping the server from its work, in words. */
  readonly warnings: readonly string[];
  /** Resolves with the fault once a part of the server has been dead for the grace: end the process with EXIT_DEAD. */
  readonly died: Promise<unknown>;
  close(): Promise<void>;
};

/** The size of libuv's thread pool: each engine call occupies a thread. Entry files set UV_THREADPOOL_SIZE to it. */
const THREADS = 16;

/** Where a directory keeps its API keys. */
const KEYS_FILE = 'api-keys.json';

/** Nobody but the owner. */
const PRIVATE = 0o077;

/**
 * Starts the log, the tables, HTTP and GraphQL in this process. Resolves when the server answers. Throws Fault
 * `port_taken` or `directory_in_use`, and other faults as they are, such as `clock_wrong`, `keys_missing` and `older_copy`.
 */
export async function startEmbedded({
  host,
  port,
  allowedHosts,
  metricsPort,
  auth,
  keysFile,
  watermarks,
  deadlines = DEADLINES,
  faultGrace = FAULT_GRACE,
  umask = PRIVATE,
  witness,
  writeLine,
  clock,
  ...options
}: EmbeddedOptions): Promise<EmbeddedServer> {
  const directory = resolve(options.directory);
  const served = servedBy(options);
  const restoreUmask = useUmask(umask);
  try {
    mkdirSync(directory, { recursive: true });
    const notes = keepPrivate(foldersOf(directory), umask);
    const address = { host, port, allowedHosts, metricsPort };
    const report = (text: string): void => void notes.push(text);
    const caller = callersOf(directory, { address, auth, keysFile, report });
    const runtime = await openRuntime(directory, THREADS, {
      watermarks,
      requests: served.requests,
      deadlines,
      clock,
      queriesWaiting: served.answering.queriesWaiting,
      queryBytes: served.queryBytes,
      witness,
      report,
    });
    const server = await start(runtime, address, {
      ...served,
      faultGrace,
      deadlines,
      caller,
      writeLine,
    }).catch(async (error: unknown) => {
      await runtime.close();
      throw error;
    });
    return {
      ...server,
      warnings: [...notes, ...server.warnings],
      close: () => server.close().finally(restoreUmask),
    };
  } catch (error) {
    restoreUmask();
    throw explainStartFault(error, directory, port);
  }
}

/** The limits that it is started with, or the standard ones. */
const servedBy = ({
  limits: requests,
  questions = QUESTION_LIMITS,
  answering = ANSWERING_LIMITS,
  artifactBytes = ARTIFACT_BYTES,
  queryBytes = QUERY_BYTES,
  estimateHeap = ESTIMATE_HEAP,
  introspection,
}: Pick<EmbeddedOptions, 'limits' | Exclude<keyof ServedLimits, 'requests'>>) => ({
  requests,
  questions,
  answering,
  artifactBytes,
  queryBytes,
  estimateHeap,
  introspection,
});

type Callers = { readonly authenticator?: Authenticator; readonly token?: string };

/** Whom the server answers: who has a key, and the owner of the directory. Nothing where it answers everybody. */
function callersOf(
  directory: string,
  {
    keysFile = join(directory, KEYS_FILE),
    ...settings
  }: Omit<Parameters<typeof openAccess>[0], 'now' | 'owner'>,
): Callers {
  const { token, authenticator: owner } = ownerToken(ownerName());
  const authenticator = openAccess({ ...settings, keysFile, owner, now: Date.now });
  return authenticator ? { authenticator, token } : {};
}

/** The user of this process; containers run with numbers that have no name. */
function ownerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'of this process'}`;
  }
}

function outdatedText({
  directory,
  newer,
}: Pick<EmbeddedRuntime, 'directory' | 'newer'>): string | undefined {
  if (newer.length === 0) return undefined;
  const facts = newer.map(([type, version]) => `${type} ${version}`).join(', ');
  return `a later version of Tributary has written to ${directory}: it has facts that this version does not read (${facts}), and the tables stop before the first that they do not hold yet; start that version, or a later one`;
}

type Serving = ServedLimits & {
  readonly faultGrace: number;
  readonly deadlines: Deadlines;
  readonly caller: Callers;
  readonly writeLine: EmbeddedOptions['writeLine'];
};

async function start(
  runtime: EmbeddedRuntime,
  address: Address,
  { faultGrace, deadlines, caller: { authenticator, token }, writeLine, ...served }: Serving,
): Promise<EmbeddedServer> {
  const estimators = openEstimators({ millis: deadlines.estimate, heap: served.estimateHeap });
  const { questions } = runtime.measurements;
  const { attributor: bounded, load } = boundedAttributor(attributor(runtime.engine.reader, estimators), {
    limits: served.answering,
  });
  questions.attributions(load);
  const exposure = exposureText(address, authenticator !== undefined);
  const identity = newIdentity(runtime.logId);
  /* Only this machine is told where the data lies. */
  const alive = exposure === undefined ? { ...identity, directory: runtime.directory } : identity;
  const shown = shownPath(address, runtime.directory);
  const app = EmbeddedModule.with(withPath(runtime, shown), bounded, alive, { ...served, deadlines });
  const serving = await serve(app, address, {
    limits: served.requests,
    authenticator,
    read: writeLine && logReads(openLog({ service: 'standalone', clock: systemClock, write: writeLine })),
    refused: runtime.measurements.refused,
    metrics: () => runtime.measurements.text(),
    stream: (fastify) => {
      runtime.measurements.hook(fastify);
      const { ended } = questions;
      questions.running(boundQuestions(fastify, { isQuestion, limits: served.answering, ended }));
      streamBodies(fastify);
    },
  });
  const removeFile = writeServerFile(runtime.directory, serving.url, { ...identity, token });
  let endWatch = (): void => undefined;
  const died = new Promise<unknown>((resolve) => {
    endWatch = watchFault({ fault: () => runtime.dead(), grace: faultGrace, died: resolve });
  });
  return {
    url: serving.url,
    listening: serving.listening,
    metricsUrl: serving.metricsUrl,
    token,
    exposure,
    outdated: outdatedText(runtime),
    warnings: runtime.warnings().map(({ detail }) => detail),
    died,
    close: async () => {
      endWatch();
      removeFile();
      await serving.stop();
      await estimators.close();
      await runtime.close();
    },
  };
}

/** The runtime as callers see it: where its directory may not be shown, messages do not have it either. */
function withPath(runtime: EmbeddedRuntime, shown: string): EmbeddedRuntime {
  const { directory } = runtime;
  if (shown === directory) return runtime;
  return {
    ...runtime,
    directory: shown,
    conditions: async () => {
      const conditions = await runtime.conditions();
      return conditions.map(({ code, detail }) => ({ code, detail: detail.replaceAll(directory, shown) }));
    },
  };
}
