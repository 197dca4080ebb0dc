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
  /** Seconds after which the memory of processes no longer grows by more than a tenth; absent where that is not judged. */
  readonly flatAfter?: number;
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
  const { body } = await projector.becomes({ obstacle: 'clickhouse_away' });
  expect(body.obstacles?.[0]?.detail).toContain('nothing is lost');
  const lag = () => counted([projector], 'tributary_projector_lag_events');
  await expect.poll(lag, LATE).toBeGreaterThan(0);
  const samples: Memory[] = [];
  for (let second = 0; second < options.seconds; second = (performance.now() - away) / 1000) {
    samples.push({ second, ingest: await anonymous(ingest.pid), projector: await anonymous(projector.pid) });
    expect((await projector.ready()).body.obstacles?.map(({ code }) => code)).toContain('clickhouse_away');
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
    ...memoryFigures(samples, options.flatAfter ?? 0),
  });
  expect([...seen.answers.keys()]).toEqual([201]);
  if (options.flatAfter !== undefined) expectFlat(samples, options.flatAfter);
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

/** MiB of a process in so many equal times after a second, each in ascending order. */
function times(samples: readonly Memory[], part: (typeof PARTS)[number], cut: Cut): number[][] {
  const late = samples.filter(({ second }) => second >= cut.after).map((sample) => sample[part] / MIB);
  return Array.from({ length: cut.count }, (_, index) =>
    late
      .slice((index * late.length) / cut.count, ((index + 1) * late.length) / cut.count)
      .toSorted((a, b) => a - b),
  );
}

type Cut = { readonly after: number; readonly count: number };

/** The middle of each fifth of the time. */
const memoryFigures = (samples: readonly Memory[], after: number): Record<string, string> =>
  Object.fromEntries(
    PARTS.map((part) => {
      const middles = times(samples, part, { after, count: 5 }).map((some) => some[some.length >> 1] ?? NaN);
      return [`MiB of ${part}`, middles.map(Math.round).join(' ')];
    }),
  );

/** A collector lets memory go up and down, so the least of each half of the time counts. */
function expectFlat(samples: readonly Memory[], after: number): void {
  for (const part of PARTS) {
    const [[first = NaN] = [], [second = NaN] = []] = times(samples, part, { after, count: 2 });
    expect(second, `MiB of ${part}`).toBeLessThanOrEqual(first * 1.1);
  }
}
