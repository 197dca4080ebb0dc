import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareScores } from './comparison.ts';
import type { ScoreRow } from './comparison.ts';

const QUANTITY = {
  page_key: '',
  run_id: 'r',
  capability: 'code',
  benchmark: 'b',
  metric: 'acc',
  split: 'test',
  metric_version: '1',
  shots: 0,
  filter: '',
  task_version: '1',
  task_hash: 'h',
  prompt_digest: 'd',
  item_limit: null,
  precision: 'bf16',
  model_ref: '',
  evaluated_at: '',
  random_baseline: null,
  value: 1,
  stderr: null,
  items: 100,
  unit: 'accuracy',
  higher_is_better: true,
  harness: 'h 1',
  method: 'measured',
};

const point = fc.record({
  step: fc.constantFrom(null, null, 100),
  tokens: fc.constantFrom(null, 1000, 2000),
  checkpoint_id: fc.constantFrom('', 'a', 'b'),
});
/** Scores of one quantity, each at a later position. */
const scoresFrom = (start: number) =>
  fc
    .array(point, { maxLength: 8 })
    .map((points) => points.map((at, index): ScoreRow => ({ ...QUANTITY, ...at, evidence: start + index })));
const pointOf = ({ step, tokens, checkpoint_id }: ScoreRow) =>
  JSON.stringify(step === null ? [tokens, checkpoint_id] : step);

it('repeats nothing but a score of the same step, or without one of the same checkpoint after as many tokens', () => {
  fc.assert(
    fc.property(scoresFrom(1), scoresFrom(100), (first, second) => {
      const { leftOut } = compareScores(first, second);
      const repeated = new Set(leftOut.filter(({ why }) => why === 'repeated').map(({ score }) => score));
      for (const scores of [first, second])
        for (const [index, score] of scores.entries()) {
          const isAgain = scores.slice(index + 1).some((later) => pointOf(later) === pointOf(score));
          expect(repeated.has(score)).toBe(isAgain);
        }
    }),
  );
});

it('pairs the same scores whichever run comes first, and names what one of the two does not record', () => {
  fc.assert(
    fc.property(scoresFrom(1), scoresFrom(100), (first, second) => {
      const { compared } = compareScores(first, second);
      const turned = compareScores(second, first).compared;
      const pairs = compared.map((pair) => `${pair.first.evidence} ${pair.second.evidence}`);
      expect(turned.map((pair) => `${pair.second.evidence} ${pair.first.evidence}`).toSorted()).toEqual(
        pairs.toSorted(),
      );
      for (const { first: one, second: other, unrecorded } of compared) {
        const isByTokens = one.tokens !== null && other.tokens !== null;
        const byStep = one.step === null ? (['step', 'checkpoint_id'] as const) : (['step'] as const);
        for (const name of isByTokens ? (['tokens'] as const) : byStep) expect(one[name]).toBe(other[name]);
        const apart = (['tokens', 'step'] as const).filter(
          (name) => (one[name] === null) !== (other[name] === null),
        );
        expect(unrecorded).toEqual(apart);
      }
    }),
  );
});

it('does not say of a run of which not all is read what it has no score of', () => {
  fc.assert(
    fc.property(scoresFrom(1), scoresFrom(100), (first, second) => {
      const { leftOut } = compareScores(first, second, { first: false, second: true });
      const others = leftOut.filter(({ why }) => why !== 'repeated');
      for (const { score, why } of others) expect(why === 'not_read').toBe(score.evidence < 100);
    }),
  );
});
