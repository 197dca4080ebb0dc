import { recordFigures } from '@tributary/fixtures';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFailed } from 'vitest';
import type { TestCluster } from './test-cluster.fixture.ts';
import { metricSum } from './process-reports.fixture.ts';
import { answersText, statusOf, stepFact } from './producers.fixture.ts';
import type { ProducerOutcome } from './producers.fixture.ts';
import { expectStored } from './stored-events.fixture.ts';

export type ClickHouseOutage = {
  readonly perSecond: number;
  /** Facts of a request. */
  readonly batch: number;
  /** How long ClickHouse is down. */
  readonly seconds: number;
  /** Whether memory must not grow, which takes minutes to measure. */
  readonly isFlat?: boolean;
};

const STREAMS = 200;
/**
 * V8 lets a heap of which 60 MiB are in use grow to anything between 100 and 260, and gives it back when it likes: as much
 * as a leak of minutes. In a small one a leak shows, and ends the process.
 */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=128 --max-semi-space-size=8' };
/** Characters of what a process wrote, which tell how it ended. */
const LAST_OUTPUT = 4_000;
const BEFORE_SECONDS = 3;
/** The lag follows the ends of the topic, which are polled. */
const LATE = { timeout: 60_000, interval: 200 };

/** ClickHouse is down under a constant load: ingest is not affected, no event is lost, and the tables catch up. */
export async function clickhouseOutage(cluster: TestCluster, options: ClickHouseOutage): Promise<void> {
  const stage = await cluster.stage('outage', { session: 6_000 });
  const heap = options.isFlat === true ? SMALL_HEAP : {};
  const [ingest, projector] = await Promise.all([
    stage.start('ingest', heap),
    stage.start('projector', heap),
  ]);
  await ingest.becomes('ready');
  await projector.becomes('ready');
  onTestFailed(() => {
    for (const running of [ingest, projector]) console.error(running.output().slice(-LAST_OUTPUT));
  });
  const load = startLoad(ingest.url, options);
  await pause(BEFORE_SECONDS * 1000);
  await stage.clickhouse.kill();
  const stopped = performance.now();
  const { body } = await projector.becomes({ condition: 'clickhouse_unavailable' });
  expect(body.conditions?.[0]?.detail).toContain('no event is lost');
  const lag = () => metricSum([projector], 'tributary_projector_lag_events');
  await expect.poll(lag, LATE).toBeGreaterThan(0);
  const samples: Memory[] = [];
  for (let second = 0; second < options.seconds; second = (performance.now() - stopped) / 1000) {
    samples.push({ second, ingest: await anonymous(ingest.pid), projector: await anonymous(projector.pid) });
    expect((await projector.ready()).body.conditions?.map(({ code }) => code)).toContain(
      'clickhouse_unavailable',
    );
    expect((await ingest.ready()).body.conditions ?? []).toEqual([]);
    await pause(Math.min(5_000, options.seconds * 100));
  }
  await stage.clickhouse.restart();
  await projector.becomes('ready');
  await pause(1_000);
  const outcome = await load.stop();
  const caughtUp = performance.now();
  const stored = await expectStored(stage, outcome);
  await expect.poll(lag, LATE).toBe(0);
  recordFigures('an outage of ClickHouse', {
    seconds: options.seconds,
    'events/s': options.perSecond,
    stored: stored.ids,
    answers: answersText(outcome.answers),
    'slowest request ms': Math.round(outcome.slowest),
    'seconds to catch up': Math.round((performance.now() - caughtUp) / 1000),
    ...memoryFigures(samples),
  });
  expect([...outcome.answers.keys()]).toEqual([201]);
  if (options.isFlat === true) expectFlat(samples);
  await stage.stop();
}

/** An open-loop load: requests are sent when they are due, whether or not earlier ones are answered. */
function startLoad(
  url: string,
  { perSecond, batch }: ClickHouseOutage,
): { stop(): Promise<ProducerOutcome> } {
  const acknowledged = new Set<string>();
  const unknown = new Set<string>();
  const answers = new Map<number, number>();
  const counts = { requests: 0, retries: 0, slowest: 0 };
  const steps = new Map<number, number>();
  const inFlight = new Set<Promise<void>>();
  let isStopping = false;
  /* Requests of one run must not overlap, so the runs take turns. */
  const post = async (request: number): Promise<void> => {
    const stream = request % STREAMS;
    const first = steps.get(stream) ?? 0;
    steps.set(stream, first + batch);
    const facts = Array.from({ length: batch }, (_, index) =>
      stepFact(`e${request * batch + index + 1}`, `load-${stream}`, first + index),
    );
    const began = performance.now();
    const status = await statusOf(url, facts, 60_000);
    counts.slowest = Math.max(counts.slowest, performance.now() - began);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    const isAccepted = status === 200 || status === 201;
    for (const { id } of facts) (isAccepted ? acknowledged : unknown).add(id);
  };
  const run = async (): Promise<void> => {
    const began = performance.now();
    for (; !isStopping; counts.requests += 1) {
      const due = began + (counts.requests * batch * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      const posted = post(counts.requests).finally(() => inFlight.delete(posted));
      inFlight.add(posted);
    }
  };
  const running = run();
  return {
    async stop() {
      isStopping = true;
      await running;
      await Promise.all(inFlight);
      return { ...counts, acknowledged, unknown, answers };
    },
  };
}

type Memory = { readonly second: number; readonly ingest: number; readonly projector: number };

/** Anonymous memory of a process in bytes, without pages of files, such as the replica's. */
async function anonymous(pid: number): Promise<number> {
  const [, kib] = /^RssAnon:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

const MIB = 1024 ** 2;
const PARTS = ['ingest', 'projector'] as const;
/** Largest growth a minute, as a share of the mean. */
const MOST_GROWTH_PER_MINUTE = 0.02;

/** Growth a minute as a share of the mean: the slope of a least-squares line through the last half of the samples. */
function growthPerMinute(samples: readonly Memory[], part: (typeof PARTS)[number]): number {
  const late = samples.slice(Math.floor(samples.length / 2));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const minute = mean(late.map(({ second }) => second / 60));
  const bytes = mean(late.map((sample) => sample[part]));
  const joint = late.reduce((sum, sample) => sum + (sample.second / 60 - minute) * (sample[part] - bytes), 0);
  const spread = late.reduce((sum, sample) => sum + (sample.second / 60 - minute) ** 2, 0);
  return joint / spread / bytes;
}

/** The mean of each fifth of the time in MiB, and the growth over the last half. */
const memoryFigures = (samples: readonly Memory[]): Record<string, string> =>
  Object.fromEntries(
    PARTS.flatMap((part) => {
      const fifths = Array.from({ length: 5 }, (_, index) => {
        const some = samples.slice((index * samples.length) / 5, ((index + 1) * samples.length) / 5);
        return Math.round(some.reduce((sum, sample) => sum + sample[part], 0) / some.length / MIB);
      });
      const growth = `${(growthPerMinute(samples, part) * 100).toFixed(2)} % of the mean a minute`;
      return [
        [`MiB of ${part}, by fifths of the time`, fifths.join(' ')],
        [`growth of ${part} over the last half`, growth],
      ];
    }),
  );

function expectFlat(samples: readonly Memory[]): void {
  for (const part of PARTS)
    expect(growthPerMinute(samples, part), `growth of ${part} a minute`).toBeLessThanOrEqual(
      MOST_GROWTH_PER_MINUTE,
    );
}
