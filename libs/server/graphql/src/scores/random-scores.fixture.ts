import type { Random } from '@tributary/fixtures';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

/** What a score fact records, as far as it matters to whether it can be compared. */
export type Scored = {
  readonly id: string;
  readonly run: string;
  readonly point: { readonly step?: number; readonly tokens?: number; readonly checkpointId?: string };
  readonly of: { readonly capability: string; readonly benchmark: string };
  readonly settings: Readonly<Record<string, unknown>>;
  readonly value: number;
};

export type Happening =
  | { readonly kind: 'scored'; readonly event: SentEvent; readonly score: Scored; readonly corrects?: string }
  | { readonly kind: 'invalidated'; readonly event: SentEvent; readonly run: string; readonly of: Scored }
  | { readonly kind: 'restarted'; readonly event: SentEvent; readonly run: string }
  | { readonly kind: 'other'; readonly event: SentEvent };

/** The step of a checkpoint of the first attempt, and the one from which the second goes on. */
const SAVED = 100;
const TAKEN_OVER = 50;

export const oldCheckpoint = (run: string): string => `${run}@old`;

const CAPABILITIES = ['__proto__', 'code'];
const BENCHMARKS = ['it\'s "one"', 'two\ttabs'];
const TOKENS = [undefined, undefined, 1000, 2000];

/** Settings that few scores share in all of their parts. A part that is undefined is not recorded. */
const PARTS: Readonly<Record<string, readonly unknown[]>> = {
  metric: ['acc', 'acc', 'acc', 'f1'],
  metricVersion: [undefined, undefined, '1'],
  split: ['test', 'test', undefined],
  shots: [5, 5, 5, 0],
  items: [undefined, undefined, 100],
  limit: [undefined, undefined, undefined, 10],
  higherIsBetter: [true, true, true, true, false],
  unit: ['accuracy'],
  method: ['measured', 'measured', 'reported'],
};

const pick = <Item>(items: readonly Item[], random: Random): Item => items[random.below(items.length)]!;

const defined = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Two runs: scores, some of them again, corrected or invalidated, and second attempts that take over before a scored checkpoint. */
export function randomScores(random: Random, runs: readonly string[], length: number): Happening[] {
  const made: Happening[] = runs.flatMap((run) => [begun(run), saved(run)]);
  while (made.length < length) made.push(anyHappening(random, runs, made));
  return made;
}

const begun = (runId: string): Happening => ({
  kind: 'other',
  event: fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} }),
});

const saved = (runId: string): Happening => ({
  kind: 'other',
  event: fact('training.checkpoint.saved', {
    runId,
    attempt: 1,
    step: SAVED,
    checkpointId: oldCheckpoint(runId),
  }),
});

const restarted = (runId: string): Happening => ({
  kind: 'restarted',
  run: runId,
  event: fact('training.run.started', {
    runId,
    attempt: 2,
    model: { name: 'm' },
    config: {},
    seeds: {},
    resumedFrom: { attempt: 1, step: TAKEN_OVER },
  }),
});

function anyHappening(random: Random, runs: readonly string[], made: readonly Happening[]): Happening {
  const run = pick(runs, random);
  const draw = random();
  const isRestarted = made.some((one) => one.kind === 'restarted' && one.run === run);
  if (draw < 0.03 && !isRestarted) return restarted(run);
  const earlier = made.flatMap((one) => (one.kind === 'scored' && one.score.run === run ? [one.score] : []));
  if (draw < 0.12 && earlier.length > 0) return invalidated(pick(earlier, random), random);
  /* A copy of an earlier score with another value, of a point that may be another one. */
  const like = draw < 0.75 && made.some(({ kind }) => kind === 'scored') ? anyScore(made, random) : undefined;
  const corrects = random() < 0.08 && earlier.length > 0 ? pick(earlier, random).id : undefined;
  return scored(random, run, { like, corrects });
}

const anyScore = (made: readonly Happening[], random: Random): Scored =>
  pick(
    made.flatMap((one) => (one.kind === 'scored' ? [one.score] : [])),
    random,
  );

function scored(
  random: Random,
  run: string,
  { like, corrects }: { readonly like: Scored | undefined; readonly corrects: string | undefined },
): Happening {
  const of = like?.of ?? { capability: pick(CAPABILITIES, random), benchmark: pick(BENCHMARKS, random) };
  const settings =
    like?.settings ??
    Object.fromEntries(Object.entries(PARTS).map(([name, values]) => [name, pick(values, random)]));
  const isOld = random() < 0.15;
  const point = isOld
    ? { step: SAVED, checkpointId: oldCheckpoint(run) }
    : defined({
        step: pick([10, 20, undefined], random),
        tokens: pick(TOKENS, random),
        checkpointId: pick([undefined, undefined, `${run}@new`], random),
      });
  const value = random.below(1_000) / 8;
  const data = defined({ runId: run, ...of, ...settings, ...point, value, harness: { name: 'h' } });
  const event = fact('evaluation.score.recorded', data);
  const correction = corrects && { corrects, correctionreason: 'wrong', actor: 'ada' };
  return {
    kind: 'scored',
    event: { ...event, ...correction },
    score: { id: event.id, run, of, settings, point, value },
    ...(corrects && { corrects }),
  };
}

function invalidated(of: Scored, random: Random): Happening {
  const { run: runId, point, settings } = of;
  const step = random() < 0.5 ? point.step : undefined;
  const data = { runId, ...of.of, metric: settings['metric'], reason: `wrong ${of.id}`, actor: 'ada' };
  return {
    kind: 'invalidated',
    run: runId,
    of: { ...of, point: defined({ step }) },
    event: fact('evaluation.score.invalidated', defined({ ...data, step })),
  };
}
