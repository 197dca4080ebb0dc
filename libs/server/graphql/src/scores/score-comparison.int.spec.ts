import { randomFrom } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { oldCheckpoint, randomScores } from './random-scores.fixture.ts';
import type { Happening, Scored } from './random-scores.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

type Shown = { readonly run: string; readonly evidence: string; readonly value: number };
type Excluded = {
  readonly score: Shown;
  readonly why: string;
  readonly differences: readonly { readonly setting: string }[];
};
type Comparison = {
  readonly compared: readonly {
    readonly first: Shown;
    readonly second: Shown;
    readonly difference: number;
    readonly unrecorded: readonly string[];
  }[];
  readonly excluded: readonly Excluded[];
  readonly complete: boolean;
  readonly reason: string | null;
  readonly evidence: readonly string[];
};

const SCORE = 'run evidence value';
async function comparison(run: string, otherRun: string, asOf?: string): Promise<Comparison> {
  const { scoreComparison } = await server.ask<{ scoreComparison: Comparison }>(
    `query ($run: ID!, $otherRun: ID!, $asOf: Position) {
      scoreComparison(run: $run, otherRun: $otherRun, asOf: $asOf) {
        compared { first { ${SCORE} } second { ${SCORE} } difference unrecorded }
        excluded { score { ${SCORE} } why differences { setting own other } }
        complete reason evidence
      }
    }`,
    { run, otherRun, asOf },
  );
  return scoreComparison;
}

/** A score that was recorded, and the position of its fact. */
type Recorded = Scored & { readonly at: number };
type Placed = { readonly one: Happening; readonly at: number };

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

/** The scores of a run in the first events of a history, each with why it cannot be compared, as far as the run alone says. */
function scoresIn(history: readonly Placed[], run: string) {
  /* A fact and all that correct it, or correct a correction of it, are versions of one record: the last one counts. */
  const records = new Map<string, string>();
  const versions = new Map<string, Recorded>();
  for (const { one, at } of history) {
    if (one.kind !== 'scored' || one.score.run !== run) continue;
    const record = records.get(one.corrects ?? '') ?? one.score.id;
    records.set(one.score.id, record);
    versions.set(record, { ...one.score, at });
  }
  const facts = [...versions.values()];
  const isRecordedAgain = (score: Recorded, byPoint: (one: Recorded) => unknown): boolean =>
    facts.some((one) => one.at > score.at && isSame(byPoint(one), byPoint(score)));
  const stateOf = ({ point: { step, checkpointId } }: Recorded) => ({ step, checkpointId });
  /* A new fact about one state, measured in one way, replaces the one before, also over another number of items. */
  const wayOf = ({ settings }: Recorded) => ({ ...settings, items: undefined });
  const shown = facts.filter((score) => !isRecordedAgain(score, (one) => [one.of, wayOf(one), stateOf(one)]));
  const isWithdrawn = (score: Recorded): boolean =>
    history.some(
      ({ one, at }) =>
        one.kind === 'invalidated' &&
        at > score.at &&
        one.run === run &&
        isSame([one.of.of, one.of.settings['metric']], [score.of, score.settings['metric']]) &&
        (one.of.point.step === undefined || one.of.point.step === score.point.step),
    );
  const isRestarted = history.some(({ one }) => one.kind === 'restarted' && one.run === run);
  const whyNot = (score: Recorded): string | undefined => {
    if (isWithdrawn(score)) return 'invalidated';
    return isRestarted && score.point.checkpointId === oldCheckpoint(run) ? 'superseded' : undefined;
  };
  const alone = shown.map((score) => ({ score, why: whyNot(score) }));
  const counted = alone.filter(({ why }) => why === undefined).map(({ score }) => score);
  const isRepeated = (score: Recorded): boolean =>
    counted.some(
      (one) =>
        one.at > score.at &&
        isSame([one.of, one.settings, pointOf(one)], [score.of, score.settings, pointOf(score)]),
    );
  return alone.map(({ score, why }) => ({
    score,
    why: why ?? (isRepeated(score) ? 'repeated' : undefined),
  }));
}

/** What tells two scores of one quantity of a run apart. */
const pointOf = ({ point: { step, tokens, checkpointId } }: Scored) =>
  step === undefined ? { tokens, checkpointId } : { step };

const isOneQuantity = (one: Scored, other: Scored): boolean =>
  isSame([one.of, one.settings], [other.of, other.settings]);

function isOfOnePoint({ point: one }: Scored, { point: other }: Scored): boolean {
  const areKnown = one.tokens !== undefined && other.tokens !== undefined;
  if (areKnown) return one.tokens === other.tokens;
  return one.step === other.step && (one.step !== undefined || one.checkpointId === other.checkpointId);
}

const settingsApart = (one: Scored, other: Scored): string[] =>
  Object.keys(one.settings).filter((name) => one.settings[name] !== other.settings[name]);

const isOfOneSide = (
  name: 'tokens' | 'step',
  { point: one }: Recorded,
  { point: other }: Recorded,
): boolean => (one[name] === undefined) !== (other[name] === undefined);

/** Checks an answer against what the two runs recorded, without pairing anything itself. */
function expectAnswer(answer: Comparison, history: readonly Placed[], runs: readonly [string, string]): void {
  const sides = runs.map((run) => scoresIn(history, run));
  const recorded = new Map(sides.flat().map(({ score }) => [String(score.at), score]));
  const scoreAt = (position: string): Recorded => {
    const score = recorded.get(position);
    if (!score) throw new Error(`no score of the model at ${position}`);
    return score;
  };
  const listed = [
    ...answer.compared.flatMap(({ first, second }) => [first, second]),
    ...answer.excluded.map(({ score }) => score),
  ];
  expect(listed.map(({ evidence }) => evidence).toSorted()).toEqual([...recorded.keys()].toSorted());
  for (const { evidence, run, value } of listed)
    expect({ run, value }).toEqual({ run: scoreAt(evidence).run, value: scoreAt(evidence).value });

  for (const { first, second, difference, unrecorded } of answer.compared) {
    const [one, other] = [scoreAt(first.evidence), scoreAt(second.evidence)];
    expect([one.run, other.run]).toEqual(runs);
    expect(isOneQuantity(one, other) && isOfOnePoint(one, other)).toBe(true);
    expect(difference).toBe(other.value - one.value);
    const absent = ['metricVersion', 'split', 'items'].filter((name) => one.settings[name] === undefined);
    expect(unrecorded).toEqual(expect.arrayContaining(absent));
    const ofOne = (['tokens', 'step'] as const).filter((name) => isOfOneSide(name, one, other));
    expect(unrecorded.filter((name) => name === 'tokens' || name === 'step').toSorted()).toEqual(
      ofOne.toSorted(),
    );
    expect(unrecorded).not.toContain('shots');
  }

  const left = answer.excluded.map((one) => ({ ...one, its: scoreAt(one.score.evidence) }));
  const free = left.filter(({ why }) => !['invalidated', 'superseded', 'repeated'].includes(why));
  const alone = left.filter((one) => !free.includes(one)).map(({ its, why }) => `${its.at} ${why}`);
  const without = sides.flat().flatMap(({ score, why }) => (why === undefined ? [] : [`${score.at} ${why}`]));
  expect(alone.toSorted()).toEqual(without.toSorted());
  for (const { its, why, differences } of free) {
    const others = sides[its.run === runs[0] ? 1 : 0]!.filter((one) => one.why === undefined);
    const ofBenchmark = others.map(({ score }) => score).filter(({ of }) => isSame(of, its.of));
    const apart = ofBenchmark.map((other) => settingsApart(its, other).toSorted());
    const least = apart.reduce((fewest, { length }) => Math.min(fewest, length), Infinity);
    expect(why).toBe(reasonOf(least));
    const named = differences.map(({ setting }) => setting).toSorted();
    const nearest = apart.filter(({ length }) => length === least);
    expect(nearest.length > 0 ? nearest : [[]]).toContainEqual(named);
  }
  /* Nothing that could be compared is left on both sides. */
  const [ofFirst, ofSecond] = runs.map((run) => free.filter(({ its }) => its.run === run));
  for (const { its: one } of ofFirst ?? [])
    for (const { its: other } of ofSecond ?? [])
      expect(isOneQuantity(one, other) && isOfOnePoint(one, other)).toBe(false);
}

/** Why a score has no counterpart where the nearest score of its benchmark differs in so many settings. */
function reasonOf(least: number): string {
  if (least === 0) return 'no_score_there';
  return Number.isFinite(least) ? 'settings_differ' : 'not_scored';
}

const mirrored = (answer: Comparison) => ({
  pairs: answer.compared.map(({ first, second }) => `${second.evidence} ${first.evidence}`).toSorted(),
  left: answer.excluded.map(({ score, why }) => `${score.evidence} ${why}`).toSorted(),
});
const asAsked = (answer: Comparison) => ({
  pairs: answer.compared.map(({ first, second }) => `${first.evidence} ${second.evidence}`).toSorted(),
  left: answer.excluded.map(({ score, why }) => `${score.evidence} ${why}`).toSorted(),
});

const reasons = new Set<string>();
let pairs = 0;

describe('the scores of two runs', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'are paired or left out for a reason, as of every position alike (history %i)',
    async (seed) => {
      const runs = [`first ${seed}`, `second\t'${seed}`] as const;
      const random = randomFrom(seed);
      const happened = randomScores(random, runs, 70);
      const placed: Placed[] = [];
      for (const one of happened) {
        const { receipts } = await server.record(one.event);
        placed.push({ one, at: Number(receipts[0]?.position) });
      }
      await server.caughtUp();
      for (const length of [10, 25, 40, 55, 70]) {
        const history = placed.slice(0, length);
        const asOf = String(history.at(-1)?.at);
        const answer = await comparison(...runs, asOf);
        expectAnswer(answer, history, runs);
        expect(mirrored(await comparison(runs[1], runs[0], asOf))).toEqual(asAsked(answer));
        for (const { why } of answer.excluded) reasons.add(why);
        pairs += answer.compared.length;
      }
    },
  );

  it('were left out for every reason, and paired, in those histories', () => {
    expect(pairs).toBeGreaterThan(50);
    expect([...reasons].toSorted()).toEqual(
      ['invalidated', 'no_score_there', 'not_scored', 'repeated', 'settings_differ', 'superseded'].toSorted(),
    );
  });
});

const score = (runId: string, more: object) =>
  fact('evaluation.score.recorded', {
    runId,
    capability: 'code',
    benchmark: 'b',
    metric: 'm',
    harness: { name: 'lab' },
    value: 1,
    unit: 'bits',
    higherIsBetter: false,
    method: 'measured',
    ...more,
  });

describe('a comparison of scores', () => {
  it('says who invalidated a score and why, with the event behind it', async () => {
    const { receipts } = await server.record(
      score('judged', { step: 1 }),
      score('standing', { step: 1 }),
      fact('evaluation.score.invalidated', {
        runId: 'judged',
        capability: 'code',
        benchmark: 'b',
        metric: 'm',
        reason: 'a leak',
        actor: 'grace',
      }),
    );
    await server.caughtUp();
    const { scoreComparison } = await server.ask<{ scoreComparison: object }>(
      `{ scoreComparison(run: "judged", otherRun: "standing") {
        compared { difference } excluded { why invalidation { reason actor evidence } } complete reason
      } }`,
    );
    const evidence = receipts[2]?.position;
    expect(scoreComparison).toEqual({
      compared: [],
      excluded: [
        { why: 'invalidated', invalidation: { reason: 'a leak', actor: 'grace', evidence } },
        { why: 'not_scored', invalidation: null },
      ],
      complete: true,
      reason: null,
    });
  });

  it('of one run with itself is refused', async () => {
    await server.record(score('alone', { step: 1 }));
    await server.caughtUp();
    const { body } = await server.reply('{ scoreComparison(run: "alone", otherRun: "alone") { complete } }');
    expect(body).toMatchObject({
      data: { scoreComparison: null },
      errors: [{ extensions: { code: 'same_run' } }],
    });
  });

  it('is null where no event mentions a run', async () => {
    for (const [run, otherRun] of [
      ['alone', 'nobody'],
      ['nobody', 'alone'],
    ]) {
      const { body } = await server.reply(
        `{ scoreComparison(run: "${run}", otherRun: "${otherRun}") { complete } }`,
      );
      expect(body).toMatchObject({
        data: { scoreComparison: null },
        errors: [{ extensions: { code: 'unknown_run' } }],
      });
    }
  });
});
