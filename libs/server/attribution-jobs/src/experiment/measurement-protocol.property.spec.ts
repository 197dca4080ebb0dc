import { groupBy } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { comparableScores, protocolOf } from './measurement-protocol.ts';
import type { ScoreRow } from './measurement-protocol.ts';

const ROW: ScoreRow = {
  page_key: '',
  run_id: 'a',
  capability: 'knowledge',
  benchmark: 'mmlu',
  metric: 'acc',
  checkpoint_id: '',
  step: 100,
  split: '',
  metric_version: '',
  shots: 5,
  filter: '',
  task_version: '',
  task_hash: '',
  prompt_digest: '',
  item_limit: null,
  precision: '',
  model_ref: '',
  evaluated_at: '',
  tokens: null,
  random_baseline: null,
  value: 0.5,
  stderr: null,
  items: null,
  unit: 'fraction',
  higher_is_better: true,
  harness: 'lm-eval',
  method: 'measured',
  evidence: 1,
};

/** Rows of few runs, benchmarks and protocols, each with evidence of its own. */
const rows = fc
  .array(
    fc.record({
      run_id: fc.constantFrom('a', 'b', 'c', 'd'),
      capability: fc.constantFrom('knowledge', 'code'),
      benchmark: fc.constantFrom('mmlu', 'arc'),
      shots: fc.constantFrom(0, 5, null),
      item_limit: fc.constantFrom(null, 10),
    }),
    { maxLength: 24 },
  )
  .map((parts) => parts.map((part, index): ScoreRow => ({ ...ROW, ...part, evidence: index + 1 })));

const benchmarkOf = ({ capability, benchmark }: ScoreRow) => `${capability} ${benchmark}`;
const byEvidence = (left: ScoreRow, right: ScoreRow) => left.evidence - right.evidence;

it('keeps one protocol for each benchmark and at most one score of it for each run', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { rows: kept } = comparableScores(given);
      const protocols = new Set(kept.map((row) => `${benchmarkOf(row)} ${protocolOf(row)}`));
      expect(protocols.size).toBe(new Set(given.map(benchmarkOf)).size);
      expect(new Set(kept.map((row) => `${benchmarkOf(row)} ${row.run_id}`)).size).toBe(kept.length);
    }),
  );
});

it('keeps the same scores in whatever order the rows come', () => {
  fc.assert(
    fc.property(
      rows.chain((given) =>
        fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
      ),
      ([given, shuffled]) => {
        const [plain, other] = [comparableScores(given), comparableScores(shuffled)];
        expect(other.rows.toSorted(byEvidence)).toEqual(plain.rows);
        expect(new Set(other.warnings.keys())).toEqual(new Set(plain.warnings.keys()));
      },
    ),
  );
});

it('keeps a score on a part of the items only where its benchmark has no score on all of them', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { rows: kept } = comparableScores(given);
      const whole = new Set(given.filter(({ item_limit }) => item_limit === null).map(benchmarkOf));
      const partial = kept.filter(({ item_limit }) => item_limit !== null);
      expect(partial.filter((row) => whole.has(benchmarkOf(row)))).toEqual([]);
    }),
  );
});

it('warns of a capability exactly where one of its benchmarks was measured in several ways', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const ways = groupBy(given, benchmarkOf);
      const several = [...ways.values()].filter((of) => new Set(of.map(protocolOf)).size > 1);
      const capabilities = new Set(several.map((of) => of[0]?.capability));
      expect(new Set(comparableScores(given).warnings.keys())).toEqual(capabilities);
    }),
  );
});

it('names a protocol by everything that makes a score another quantity, and by nothing else', () => {
  expect(protocolOf(ROW)).toBe('acc lm-eval 5-shot (fraction, higher is better)');
  const full = {
    ...ROW,
    metric_version: '2',
    filter: 'strict',
    task_version: '3',
    split: 'test',
    prompt_digest: `sha256:${'0'.repeat(64)}`,
    item_limit: 10,
    task_hash: 'a'.repeat(40),
    precision: 'bfloat16',
    unit: 'nats',
    higher_is_better: false,
    method: 'reported',
  };
  expect(protocolOf(full)).toBe(
    'acc metric version 2 lm-eval 5-shot strict version 3 split test prompt sha256:000000000000 limit 10 ' +
      'task aaaaaaaaaaaa weights in bfloat16 (nats, lower is better, reported)',
  );
  const same = { run_id: 'b', step: 1, value: 1, evidence: 9, checkpoint_id: 'c', evaluated_at: 'now' };
  expect(protocolOf({ ...ROW, ...same })).toBe(protocolOf(ROW));
  expect(protocolOf({ ...ROW, shots: null })).toBe('acc lm-eval (fraction, higher is better)');
  expect(protocolOf({ ...ROW, shots: 0 })).toBe('acc lm-eval 0-shot (fraction, higher is better)');
});
