import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Arena } from './arena.suite.ts';
import { figures } from './figures.suite.ts';
import { counted } from './metrics.suite.ts';
import { answersText, statusOf, stepFact } from './producers.suite.ts';
import type { Seen } from './producers.suite.ts';
import { expectStored } from './stored.suite.ts';

export type TablesAway = {
  readonly perSecond: number;
  /** Facts of a request. */
  readonly batch: number;
  /** How long ClickHouse is away. */
  readonly seconds: number;
  /** Whether memory must stay flat; it takes minutes to tell. */
  readonly isFlat?: boolean;
};

const STREAMS = 200;
const BEFORE_SECONDS = 3;
/** The ends of the topic are looked up now and then. */
const LATE = { timeout: 30_000, interval: 200 };

/** ClickHouse is away under a steady load: intake does not notice, nothing is lost, and the tables catch up. */
export async function tablesAway(arena: Arena, options: TablesAway): Promise<void> {
  const stage = await arena.stage('away', { session: 6_000 });
  const [ingest, projector] = await Promise.all([stage.start('ingest'), stage.start('projector')]);
  await ingest.becomes('ready');
  await projector.becomes('ready');
  const load = startLoad(ingest.url, options);
  await pause(BEFORE_SECONDS * 1000);
  await stage.clickhouse.kill();
  const away = performance.now();
  const { body } = await projector.becomes({ condition: 'clickhouse_unavailable' });
  expect(body.conditions?.[0]?.detail).toContain('nothing is lost');
  const lag = () => counted([projector], 'tributary_projector_lag_events');
  await expect.poll(lag, LATE).toBeGreaterThan(0);
  const samples: Memory[] = [];
  for (let second = 0; second < options.seconds; second = (performance.now() - away) / 1000) {
    samples.push({ second, ingest: await anonymous(ingest.pid), projector: await anonymous(projector.pid) });
    expect((await projector.ready()).body.conditions?.map(({ code }) => code)).toContain(
      'clickhouse_unavailable',
    );
    expect((await ingest.ready()).status).toBe(200);
    await pause(Math.min(5_000, options.seconds * 100));
  }
  await stage.clickhouse.restart();
  await projector.becomes('ready');
  await pause(1_000);
  const seen = await load.stop();
  const caughtUp = performance.now();
  const stored = await expectStored(stage, seen);
  await expect.poll(lag, LATE).toBe(0);
  figures('ClickHouse away', {
    seconds: options.seconds,
    'events/s': options.perSecond,
    stored: stored.ids,
    answers: answersText(seen.answers),
    'slowest request ms': Math.round(seen.slowest),
    'seconds to catch up': Math.round((performance.now() - caughtUp) / 1000),
    ...memoryFigures(samples),
  });
  expect([...seen.answers.keys()]).toEqual([201]);
  if (options.isFlat === true) expectFlat(samples);
  await stage.stop();
}

/** Requests leave when they are due, whether or not the ones before are answered. */
function startLoad(url: string, { perSecond, batch }: TablesAway): { stop(): Promise<Seen> } {
  const acknowledged = new Set<string>();
  const answers = new Map<number, number>();
  const counts = { requests: 0, retries: 0, slowest: 0 };
  const steps = new Map<number, number>();
  const under = new Set<Promise<void>>();
  let isStopping = false;
  /* A request holds facts of one run, whose next request waits for nothing: so a run has one turn in so many. */
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
    if (status === 201) for (const { id } of facts) acknowledged.add(id);
  };
  const run = async (): Promise<void> => {
    const began = performance.now();
    for (; !isStopping; counts.requests += 1) {
      const due = began + (counts.requests * batch * 1000) / perSecond;
      await pause(Math.max(0, due - performance.now()));
      const posted = post(counts.requests).finally(() => under.delete(posted));
      under.add(posted);
    }
  };
  const running = run();
  return {
    async stop() {
      isStopping = true;
      await running;
      await Promise.all(under);
      return { ...counts, acknowledged, unknown: new Set(), answers };
    },
  };
}

type Memory = { readonly second: number; readonly ingest: number; readonly projector: number };

/** Bytes that a process holds and no file backs: pages of the replica on the disk are not its own. */
async function anonymous(pid: number): Promise<number> {
  const [, kib] = /^RssAnon:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}

const MIB = 1024 ** 2;
const PARTS = ['ingest', 'projector'] as const;
/** A memory that grows by more than this share of its mean in a minute would be seen within a working day. */
const MOST_GROWTH_PER_MINUTE = 0.02;

/** Least squares over the last half of the samples: growth a minute as a share of the mean. */
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

/** The mean of each fifth of the time in MiB, and the growth that the rule is about. */
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
