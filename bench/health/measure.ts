import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { fact } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { Load } from './loads.ts';

/** What was measured beside a load, all in milliseconds but the memory. */
export type Measured = {
  readonly answers: number;
  readonly health: readonly number[];
  readonly ingest: readonly number[];
  /** Processor time of the main thread from one turn of the event loop to the next, where it was more than 20. */
  readonly stalls: readonly number[];
  /** Bytes of the process in memory at most. */
  readonly peak: number;
};

type Probed = {
  readonly url: string;
  readonly method: string;
  readonly type?: string;
  readonly bodies?: string;
  /** Milliseconds from one request to the next. */
  readonly interval: number;
};

const HEALTH = (url: string): Probed => ({ url: `${url}/health`, method: 'GET', interval: 20 });

/** A short fact, new each time. */
const INGEST = (url: string, round: number): Probed => ({
  url: `${url}/v1/events`,
  method: 'POST',
  type: 'application/cloudevents+json',
  interval: 50,
  bodies: JSON.stringify(
    fact('training.run.ended', { runId: 'probe', attempt: 1, status: 'completed' }, `probe-${round}-NUMBER`),
  ),
});

let rounds = 0;

/** `/health` and short facts, each at fixed times by a thread of its own, while clients send the load. */
export async function measure(
  { server, stallsFile }: { readonly server: ServerUnderTest; readonly stallsFile: string },
  load: Load,
  { seconds, clients }: { readonly seconds: number; readonly clients: number },
): Promise<Measured> {
  rounds += 1;
  const probes = [HEALTH(server.url), INGEST(server.url, rounds)].map(
    (workerData) => new Worker(new URL('./probe.js', import.meta.url), { workerData }),
  );
  await Promise.all(probes.map((probe) => once(probe, 'message')));
  writeFileSync(stallsFile, '');
  forgetPeak(server.pid);
  const until = performance.now() + seconds * 1000;
  let answers = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await load.send(server);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: load.clients ?? clients }, client));
  /* What it recorded goes into the tables in the same process. */
  if (load.records === true) await server.caughtUp();
  for (const probe of probes) probe.postMessage('stop');
  const [health = [], ingest = []] = await Promise.all(probes.map(timesOf));
  const stalls = readFileSync(stallsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(line.split(' ')[0]));
  return { answers, health, ingest, stalls, peak: memoryOf(server.pid, 'VmHWM') };
}

async function timesOf(probe: Worker): Promise<number[]> {
  const [times]: number[][] = await once(probe, 'message');
  return times ?? [];
}

/** Linux forgets the most memory that a process has had. */
const forgetPeak = (pid: number): void => writeFileSync(`/proc/${pid}/clear_refs`, '5');

/** Bytes that a process has in memory (`VmRSS`), or has had at most (`VmHWM`). */
export const memoryOf = (pid: number, what: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
