import type { Experiment, Run } from '@tributary/attribution';
import { ONE } from '@tributary/training';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { divideAmounts } from './divide-amounts.ts';
import type { ShardAmount } from './divide-amounts.ts';
import type { MeasuredShard } from './measured-slices.ts';
import { refuseSlices } from './refuse-slices.ts';
import { reslicedBy } from './resliced.ts';
import { notSeparable } from './separable.ts';

const BY = { attribute: 'topic' };

/** Names that programs stumble over. */
const name = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'toString',
    'unmeasured',
    '\\unmeasured',
    '@code',
    'a/@b',
    'a:b>=c',
    '🦑',
    'a/b',
    ' ',
  ),
  fc.string({ minLength: 1, maxLength: 5 }),
);
const weight = fc.oneof(
  fc.integer({ min: 1, max: 100 }),
  fc.double({ min: 1e-300, max: 1e308, noNaN: true }),
);
const buckets = fc.uniqueArray(fc.tuple(name, weight), {
  minLength: 1,
  maxLength: 5,
  selector: ([one]) => one,
});

const shardOf = (shard_id: string, values: [string, number][], evidence = 1): MeasuredShard => ({
  shard_id,
  buckets: values.toSorted(([one], [other]) => (one < other ? -1 : 1)),
  unit: 'documents',
  method: 'measured',
  instrument: 'reader',
  version: '1',
  normaliser: '',
  evidence,
});

/** Shards, of which some are measured, and what three runs consumed of them. */
const history = fc
  .uniqueArray(fc.record({ shard: name, slice: name, values: fc.option(buckets) }), {
    minLength: 1,
    maxLength: 8,
    selector: ({ shard }) => shard,
  })
  .chain((shards) =>
    fc.record({
      shards: fc.constant(shards),
      tokens: fc.array(fc.bigInt({ min: 0n, max: 2n ** 40n }), { minLength: 24, maxLength: 24 }),
    }),
  )
  .map(({ shards, tokens }) => ({
    measured: new Map(
      shards.flatMap(({ shard, values }) => (values ? [[shard, shardOf(shard, values)] as const] : [])),
    ),
    amounts: shards.flatMap(({ shard, slice }, at) =>
      [0, 1, 2].map((run): ShardAmount => ({
        run: `run-${run}`,
        slice_name: slice,
        shard,
        unit: 'token',
        whole: (tokens[3 * at + run] ?? 0n) * ONE,
      })),
    ),
  }));

const runs = (cells: ReadonlyMap<string, readonly { amount: number }[]>) =>
  new Map([...cells].map(([run, of]) => [run, of.reduce((sum, { amount }) => sum + amount, 0)]));

it('adds up to the tokens of each run, exactly, whatever shards and values are called', () => {
  fc.assert(
    fc.property(history, ({ amounts, measured }) => {
      const { cells } = divideAmounts(amounts, measured, BY);
      for (const [run, sum] of runs(cells)) {
        const own = amounts.filter((amount) => amount.run === run);
        expect(BigInt(sum) * ONE).toBe(own.reduce((all, { whole }) => all + whole, 0n));
      }
    }),
    { numRuns: 80 },
  );
});

it('keeps every value within every recorded slice apart, and calls each by one name in all runs', () => {
  fc.assert(
    fc.property(history, ({ amounts, measured }) => {
      const { cells } = divideAmounts(amounts, measured, BY);
      const pairs = new Map<string, string>();
      for (const { leaf, value, recorded } of [...cells.values()].flat()) {
        const pair = JSON.stringify([value, recorded]);
        expect(pairs.get(leaf) ?? pair).toBe(pair);
        pairs.set(leaf, pair);
      }
      expect(new Set(pairs.values()).size).toBe(pairs.size);
    }),
    { numRuns: 80 },
  );
});

it('does not depend on the order of shards, runs or measurements', () => {
  fc.assert(
    fc.property(history, fc.infiniteStream(fc.nat()), ({ amounts, measured }, order) => {
      const shuffled = <Item>(items: readonly Item[]) =>
        items
          .map((item) => ({ item, at: Number(order.next().value) }))
          .toSorted((one, other) => one.at - other.at)
          .map(({ item }) => item);
      const again = divideAmounts(shuffled(amounts), new Map(shuffled([...measured])), BY);
      const { cells } = divideAmounts(amounts, measured, BY);
      expect(again.cells).toEqual(cells);
    }),
    { numRuns: 60 },
  );
});

const runOf = (runId: string, shares: Run['shares'], total: number): Run => ({
  runId,
  arm: runId,
  mixtureId: runId,
  status: 'completed',
  shares,
  total,
  unit: 'token',
  method: 'measured',
  scores: {},
  evidence: ['7'],
});

it('has the shares of the recorded slices, to the last bit, where the values are these slices', () => {
  fc.assert(
    fc.property(history, ({ amounts }) => {
      const safe = amounts
        .filter(({ slice_name }) => !/unmeasured|[@\\]/.test(slice_name))
        .filter(({ whole }) => whole > 0n);
      const measured = new Map(
        safe.map(({ shard, slice_name }) => [shard, shardOf(shard, [[slice_name, 3]])] as const),
      );
      const recorded = [...new Set(safe.map(({ run }) => run))].map((run) => {
        const sums = new Map<string, bigint>();
        for (const { slice_name, whole } of safe.filter((amount) => amount.run === run))
          sums.set(slice_name, (sums.get(slice_name) ?? 0n) + whole);
        const total = Number([...sums.values()].reduce((sum, whole) => sum + whole, 0n) / ONE);
        const shares = [...sums].map(([slice, whole]): [string, number] => [
          slice,
          Number(whole / ONE) / total,
        ]);
        return runOf(run, Object.fromEntries(shares), total);
      });
      const experiment: Experiment = { name: 'x', arms: [], runs: recorded };
      const resliced = reslicedBy(experiment, safe, measured, BY);
      for (const [at, run] of resliced.experiment.runs.entries()) {
        expect(new Map(Object.entries(run.shares))).toEqual(new Map(Object.entries(recorded[at]!.shares)));
        expect([run.total, run.method]).toEqual([recorded[at]!.total, 'measured']);
      }
      for (const slice of new Set(safe.map(({ slice_name }) => slice_name)))
        expect(notSeparable(resliced.cells, slice)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

it('is not separable where it is the same part of every recorded slice, however these differ between runs', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: 100, max: 10_000 }), { minLength: 3, maxLength: 3 }), {
        minLength: 2,
        maxLength: 6,
      }),
      fc.integer({ min: 2, max: 8 }),
      (tokens, part) => {
        const amounts = tokens.flatMap((of, run) =>
          of.map((count, slice) => ({
            run: `run-${run}`,
            slice_name: `slice-${slice}`,
            shard: `shard-${slice}`,
            unit: 'token',
            whole: BigInt(count * 10) * ONE,
          })),
        );
        const measured = new Map(
          [0, 1, 2].map((slice) => [
            `shard-${slice}`,
            shardOf(`shard-${slice}`, [
              ['structured', part],
              ['plain', 10 - part],
            ]),
          ]),
        );
        const { cells } = divideAmounts(amounts, measured, BY);
        expect(notSeparable(cells, 'structured')).toMatchObject({ code: 'not_separable' });
      },
    ),
    { numRuns: 50 },
  );
});

const NUMBER = shardOf('s', [['', 1]]);
const OTHER = shardOf('t', [['', 4]]);

it.each([
  ['attribute_not_measured', 'None of the 3 shards', {}, []],
  ['threshold_not_finite', 'NaN', { atLeast: NaN }, [NUMBER]],
  ['threshold_missing', 'from 1 to 4', {}, [NUMBER, OTHER]],
  ['threshold_on_histogram', 'leave the threshold out', { atLeast: 1 }, [shardOf('s', [['a', 1]])]],
  ['normalisers_differ', '(none, one)', { atLeast: 1 }, [NUMBER, { ...OTHER, normaliser: 'one' }]],
])('refuses slices with %s: %s', (refusal, text, threshold, shards) => {
  const measured = new Map(shards.map((shard) => [shard.shard_id, shard]));
  expect(refuseSlices({ ...BY, ...threshold }, measured, 3)).toMatchObject({
    refusal,
    text: expect.stringContaining(text),
  });
});

it('refuses slices of runs whose exposure names no shards', () => {
  const text = expect.stringContaining('names no shards');
  expect(refuseSlices(BY, new Map(), 0)).toMatchObject({ refusal: 'attribute_not_measured', text });
});
