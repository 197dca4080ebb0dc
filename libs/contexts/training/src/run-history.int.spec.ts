import { aFact, insertRows, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ONE } from './amount.ts';
import { consumedByRun, consumedIn, firstFacts, noSums } from './consumption.ts';
import { ownHistory, wholeHistory } from './counted-history.ts';
import { countedFacts, countedIn } from './counted-model.fixture.ts';
import type { Recorded } from './counted-model.fixture.ts';
import { exposure, exposureBuckets } from './exposure-queries.ts';
import { trainingProjection } from './projection.ts';
import {
  attemptReport,
  corrections,
  curve,
  differingExposureSums,
  realisedShares,
  shardExposure,
  stepGaps,
} from './queries.ts';
import { randomHistories } from './random-histories.fixture.ts';
import { knownAttempts } from './known-attempts.ts';
import { listRuns } from './run-list.ts';
import { consumedByRunInWindows } from './runs-in-windows.ts';
import { consumedInWindows } from './window-consumption.ts';
import { firstStepOf, stretched } from './stretched-histories.fixture.ts';

const RUN = 'r';

const started = (attempt: number, resumedStep?: number) =>
  aFact('training.run.started', {
    runId: RUN,
    attempt,
    model: { name: 'm' },
    config: {},
    seeds: {},
    ...(resumedStep === undefined ? {} : { resumedFrom: { attempt: attempt - 1, step: resumedStep } }),
  });
const stepped = (attempt: number, steps: number[], loss = 1) =>
  aFact('training.steps.recorded', {
    runId: RUN,
    attempt,
    steps,
    columns: { loss: steps.map(() => loss), tokens: steps.map(() => 10) },
  });
const consumed = (attempt: number, firstStep: number, lastStep: number, amount: number) =>
  aFact('training.exposure.recorded', {
    runId: RUN,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'code', amount }],
  });

const FACTS = [
  started(1),
  stepped(1, [5, 10, 15, 35, 40]),
  consumed(1, 1, 20, 200),
  consumed(1, 21, 40, 200),
  stepped(1, [20]),
  started(2, 30),
  stepped(2, [35, 40]),
  stepped(2, [40]),
  stepped(2, [40], 7),
  consumed(2, 31, 40, 100),
  aFact('training.steps.skipped', { runId: RUN, attempt: 2, steps: [39, 40], reason: 'overflow' }),
  aFact('training.steps.recorded', {
    runId: RUN,
    attempt: 2,
    steps: [45, 50],
    columns: { loss: [null, null] },
    nonfinite: { loss: [{ index: 1, value: 'nan' }] },
  }),
];
const LAST = FACTS.length;

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, trainingProjection, FACTS);
});
afterAll(() => runtime.remove());

const historyOf = (as_of: number) => ownHistory(runtime.engine.reader, [RUN], [as_of]);

async function exposureAsOf(as_of: number) {
  const history = await historyOf(as_of);
  const { reader } = runtime.engine;
  return (await consumedIn(reader, history, { run: RUN, by: 'domain', as_of: [as_of] })).amounts;
}

async function reportAsOf(as_of: number) {
  const { attempts: kept, ends } = await historyOf(as_of);
  return runtime.engine.reader.all(attemptReport, { run_id: RUN, attempts: kept, ends, as_of: [as_of] });
}

const correct = (corrected_position: number, position: number, run = RUN) =>
  runtime.engine.insert({
    table: 'tributary.log_correction',
    token: `correction:${position}`,
    rows: [
      {
        corrected_position,
        type: 'training.steps.recorded',
        stream: `run/${run}`,
        reason: 'logged twice',
        actor: 'somebody',
        _position: position,
        recorded_at: position,
      },
    ],
  });

it('counts every range of a run without resumption, as measured', async () => {
  expect(await exposureAsOf(5)).toMatchObject([{ whole: 400n * ONE, methods: 'measured' }]);
});

it('counts a share of a range that a rewind supersedes in part, as inferred', async () => {
  expect(await exposureAsOf(6)).toMatchObject([{ whole: 300n * ONE, methods: 'inferred,measured' }]);
  expect(await exposureAsOf(10)).toMatchObject([{ whole: 400n * ONE }]);
});

it('does not count steps whose update was not applied', async () => {
  expect(await exposureAsOf(11)).toMatchObject([{ whole: 380n * ONE, methods: 'inferred,measured' }]);
});

it('reports gaps, late, repeated, conflicting, superseded, skipped and non-finite steps by attempt', async () => {
  expect(await reportAsOf(LAST)).toMatchObject([
    { attempt: 1, steps: 6, interval: 5, missing: 2, late: 1, repeated: 0, superseded: 2, skipped: 0 },
    { attempt: 2, steps: 4, interval: 5, missing: 0, repeated: 2, conflicting: 1, skipped: 2, nonfinite: 1 },
  ]);
  expect(await reportAsOf(2)).toMatchObject([{ attempt: 1, steps: 5, missing: 3, superseded: 0, late: 0 }]);
});

it('counts the tokens of a step once, although it is recorded three times, and none of skipped or superseded steps', async () => {
  const params = { experiment_id: null, run_id: RUN, prefix: '', after: '', first: 1, as_of: [LAST] };
  expect(await listRuns(runtime.engine.reader, params)).toMatchObject([
    { attempt: 2, last_step: 50, tokens: 50 },
  ]);
});

it('lists a gap at the interval of the attempt, as of a position', async () => {
  const gapsAsOf = (as_of: number) =>
    runtime.engine.reader.all(stepGaps, { run_id: RUN, first: 10, as_of: [as_of] });
  expect(await gapsAsOf(LAST)).toEqual([{ attempt: 1, from_step: 25, to_step: 30, missing: 2 }]);
  expect(await gapsAsOf(2)).toEqual([{ attempt: 1, from_step: 20, to_step: 30, missing: 3 }]);
});

it('excludes a corrected fact from its correction on, and keeps the earlier answer', async () => {
  const curveAsOf = async (as_of: number) => {
    const asked = { ...(await historyOf(as_of)), from_step: 0, to_step: 1_000, bucket_steps: 64 } as const;
    return runtime.engine.reader.all(curve, { ...asked, metric: 'loss', as_of: [as_of] });
  };
  const before = await curveAsOf(LAST);
  expect(before).toMatchObject([{ highest: 7 }]);
  await correct(9, LAST + 1);
  expect(await curveAsOf(LAST + 1)).toMatchObject([{ highest: 1, lowest: 1 }]);
  expect(await curveAsOf(LAST)).toEqual(before);
  expect(await reportAsOf(LAST + 1)).toMatchObject([{}, { repeated: 1, conflicting: 0 }]);
  expect(
    await runtime.engine.reader.all(corrections, { stream: `run/${RUN}`, first: 5, as_of: [LAST + 1] }),
  ).toEqual([
    {
      corrected_position: 9,
      position: LAST + 1,
      type: 'training.steps.recorded',
      reason: 'logged twice',
      actor: 'somebody',
    },
  ]);
});

const ask: SqlReader['all'] = (question, params) => runtime.engine.reader.all(question, params);

async function correctAll(log: readonly Recorded[]): Promise<void> {
  for (const { position, corrects, fact } of log)
    if (corrects !== undefined && 'runId' in fact.data)
      await correct(corrects, position, String(fact.data.runId));
}

describe('in random histories with restarts, rewinds, forks, skipped steps and corrections', () => {
  const START = 1000;
  const LOG = randomHistories(20_261_128, 18, START);
  const END = START + LOG.length;
  const MOMENTS = [START + Math.floor(LOG.length / 2), END];
  const RUNS = [
    ...new Set(LOG.flatMap(({ fact }) => ('runId' in fact.data ? [String(fact.data.runId)] : []))),
  ];

  beforeAll(async () => {
    const rows = LOG.map(({ position, fact }) =>
      trainingProjection.project(fact, { _position: position, recorded_at: position }),
    );
    await insertRows(runtime.engine, 'histories', rows);
    await correctAll(LOG);
  });

  async function amountsOf(run: string, as_of: LogPosition, step?: number) {
    const history = await wholeHistory(
      runtime.engine.reader,
      step === undefined ? { run } : { run, step },
      as_of,
    );
    return (await consumedIn(runtime.engine.reader, history, { run, by: 'shard', as_of })).amounts;
  }

  it.each(MOMENTS)('counts the same as step by step in a log that ends at %i', async (position) => {
    const facts = countedFacts(LOG, position);
    for (const [index, run] of RUNS.entries()) {
      /* Every other pair of runs at each moment, and the others at the next one. */
      if ((Math.floor(index / 2) + MOMENTS.indexOf(position)) % 2 !== 0) continue;
      const step = index % 2 === 0 ? undefined : 5 + index;
      const { amounts } = countedIn(facts, run, step);
      const expected = [...amounts].filter(([, amount]) => amount > 0n);
      const rows = await amountsOf(run, [position], step);
      const found = rows.filter(({ whole }) => whole > 0n);
      const bySlice = groupBy(expected, ([key]) => key.split(' ').slice(1).join(' '));
      expect(
        Object.fromEntries(
          found.map((row) => [`${row.slice_name} ${row.shard} ${row.unit}`, row.whole / ONE]),
        ),
        `${run} up to ${step}`,
      ).toEqual(
        Object.fromEntries(
          [...bySlice].map(([key, parts]) => [key, parts.reduce((sum, [, amount]) => sum + amount, 0n)]),
        ),
      );
    }
  });

  /** Amounts by slice and unit up to a step, counted step by step. */
  function countedUpTo(facts: readonly Recorded[], run: string, step: number): Map<string, bigint> {
    const found = new Map<string, bigint>();
    for (const [key, amount] of countedIn(facts, run, step).amounts) {
      const [, slice, , unit] = key.split(' ');
      found.set(`${slice} ${unit}`, (found.get(`${slice} ${unit}`) ?? 0n) + amount);
    }
    return found;
  }

  it.each(MOMENTS)(
    'has in windows what is counted step by step up to their ends, as of %i',
    async (position) => {
      const [as_of, { reader }] = [[position], runtime.engine];
      const facts = countedFacts(LOG, position);
      for (const [index, run] of RUNS.entries()) {
        if (index % 4 !== 0) continue;
        const history = await wholeHistory(reader, { run }, as_of);
        const whole = await consumedIn(reader, history, { run, by: 'slice', as_of });
        const ends = [2 + (index % 5), 11, 17 + (index % 3)].filter((end) => end < whole.lastStep);
        ends.push(whole.lastStep);
        const windows = await consumedInWindows(reader, history, ends, { run, as_of, whole });
        const upTo = ends.map((end) => countedUpTo(facts, run, end));
        for (const [key, all] of upTo.at(-1) ?? []) {
          let sum = 0n;
          for (const [at, { amounts }] of windows.entries()) {
            const own = amounts.find(({ slice, unit }) => `${slice} ${unit}` === key);
            expect(own?.whole ?? 0n).toBeGreaterThanOrEqual(0n);
            sum += own?.whole ?? 0n;
            /* A part of a prorated range can be a token less up to a later step. */
            const later = upTo.slice(at).map((counts) => counts.get(key) ?? 0n);
            expect(sum).toBe(later.reduce((least, one) => (one < least ? one : least)) * ONE);
          }
          expect(sum).toBe(all * ONE);
        }
      }
    },
  );

  const SAMPLED = [0.35, 0.7, 1].map((part) => START + Math.ceil(part * LOG.length));
  it.each(SAMPLED)(
    'has by run, shard and window what is counted step by step, as of %i',
    async (position) => {
      const [as_of, { reader }] = [[position], runtime.engine];
      const facts = countedFacts(LOG, position);
      const history = await ownHistory(reader, RUNS, as_of);
      const [before, ends] = [3, [9, 14, 60]];
      const whole = await consumedByRun(reader, history, { by: 'shard', as_of });
      const asked = { by: 'shard', as_of, before, whole } as const;
      const windows = await consumedByRunInWindows(reader, history, ends, asked);
      const upTo = [before, ...ends].map((end) => ownUpTo(facts, end));
      for (const [at, { amounts }] of windows.entries()) {
        const expected = [...(upTo.at(-1) ?? [])].flatMap(([key]) => {
          /* A part of a prorated range can be a token less up to a later step. */
          const least = (from: number) =>
            upTo.slice(from).reduce((lowest, counts) => lesser(lowest, counts.get(key) ?? 0n), 2n ** 62n);
          const consumed = least(at + 1) - least(at);
          return consumed === 0n ? [] : [[key, consumed * ONE] as const];
        });
        const found = amounts.map((one) => [`${one.run} ${one.slice} ${one.shard} ${one.unit}`, one.whole]);
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
      }
    },
  );

  /** What each run consumed itself up to a step, counted step by step. */
  function ownUpTo(facts: readonly Recorded[], step: number): Map<string, bigint> {
    return new Map(
      RUNS.flatMap((run) =>
        [...countedIn(facts, run, step).amounts].filter(([key]) => key.startsWith(`${run} `)),
      ),
    );
  }

  const lesser = (one: bigint, other: bigint): bigint => (one < other ? one : other);

  it.each(MOMENTS)('agrees with every other count as of %i, to the token', async (position) => {
    const as_of = [position];
    const facts = countedFacts(LOG, position);
    const history = await ownHistory(runtime.engine.reader, RUNS, as_of);
    const params = { experiment_id: null, run_id: null, prefix: 'history-', after: '', first: 100, as_of };
    const listed = await listRuns(runtime.engine.reader, params);
    const realised = await ask(realisedShares, { ...history, as_of });
    const ofShard = await ask(shardExposure, { ...history, shard_ids: ['s1'], as_of });
    const sum = (rows: readonly { readonly amount: bigint }[]) =>
      rows.reduce((all, { amount }) => all + amount, 0n);
    for (const { run_id, tokens } of listed) {
      const { amounts, stepTokens } = countedIn(facts, run_id);
      const own = [...amounts].flatMap(([key, amount]) => {
        const [run, slice, shard, unit] = key.split(' ');
        return run === run_id ? [{ slice, shard, unit, amount }] : [];
      });
      const ownTokens = own.filter(({ unit }) => unit === 'token');
      /* In the middle of the log the exposure of recorded steps may be yet to come. */
      const exposed = position === END ? sum(ownTokens) : stepTokens;
      expect([run_id, BigInt(tokens ?? 0), exposed]).toEqual([run_id, stepTokens, stepTokens]);
      const shares = realised.filter((row) => row.run_id === run_id);
      expect(BigInt(shares.reduce((all, { amount }) => all + amount, 0))).toBe(sum(own));
      const shard = ofShard
        .filter((row) => row.run_id === run_id)
        .map(({ whole }) => ({ amount: whole / ONE }));
      expect(sum(shard)).toBe(sum(own.filter((one) => one.shard === 's1')));
    }
  });
});

describe.each([30, 30_000])('in random histories of which each step is drawn out to %i', (factor) => {
  const START = 100_000 + factor * 1_000;
  const LOG = stretched(randomHistories(factor, 8, START), factor);
  const RUNS = [
    ...new Set(LOG.flatMap(({ fact }) => ('runId' in fact.data ? [String(fact.data.runId)] : []))),
  ];
  const [run = ''] = RUNS;
  const positions = [0.6, 0.9, 1].map((part) => START + Math.floor(part * LOG.length));

  beforeAll(async () => {
    const rows = LOG.map(({ position, fact }) =>
      trainingProjection.project(fact, { _position: position, recorded_at: position }),
    );
    await insertRows(runtime.engine, `stretched-${factor}`, rows);
    await correctAll(LOG);
  });

  it.each(positions)('answers from sums as from every recorded amount, as of %i', async (position) => {
    const { reader } = runtime.engine;
    const as_of = [position];
    const whole = await ownHistory(reader, RUNS, as_of);
    const cut = (position * 7 * factor) % (25 * factor);
    const long = { ...whole, exposures: Infinity };
    for (const history of [long, { ...long, ends: whole.ends.map((end) => Math.min(end, cut)) }]) {
      const params = { ...history, ...noSums(), run_id: run, by: 'shard', as_of } as const;
      const [total, ...expected] = await reader.all(exposure, params);
      const found = await consumedIn(reader, history, { run, by: 'shard', as_of });
      expect(expected).toMatchObject(found.amounts);
      expect(found.amounts).toHaveLength(expected.length);
      expect([found.facts, found.prorated, found.lastStep]).toEqual([
        total?.facts,
        total?.prorated_facts,
        total?.last_step,
      ]);
      const facts = await firstFacts(reader, history, { first: 100_000, as_of });
      expect(facts).toHaveLength(found.facts);
    }
  });

  it('finds the first step of each attempt where it may end another, as of each of these', async () => {
    for (const position of positions) {
      const facts = countedFacts(LOG, position);
      const known = await knownAttempts(runtime.engine.reader, RUNS, [position]);
      const open = known.filter(({ resumed_step, attempt }) => resumed_step === null && attempt > 1);
      expect(open.map(({ first_step }) => first_step)).toEqual(
        open.map(({ run_id, attempt }) => firstStepOf(facts, run_id, attempt)),
      );
    }
  });

  it('uses sums that add up to the recorded amounts', async () => {
    const as_of = [START + LOG.length];
    const { run_ids, attempts, ends } = await ownHistory(runtime.engine.reader, RUNS, as_of);
    const chosen = await ask(exposureBuckets, { run_ids, attempts, ends, as_of });
    expect(
      chosen.flatMap(({ per_262144, per_4096, per_64 }) => [...per_262144, ...per_4096, ...per_64]),
    ).not.toEqual([]);
    expect(chosen.flatMap(({ open }) => open)).not.toEqual([]);
    expect(await runtime.engine.reader.all(differingExposureSums, {})).toEqual([]);
  });
});
