/* How long the answer takes which tokens a run consumed up to a step, by the length of the run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';
import { fill } from './runs.ts';
import type { LongRun } from './runs.ts';

process.env['UV_THREADPOOL_SIZE'] ??= '16';
const { migrate, openChdb } = await import('@tributary/clickhouse');
const { consumedIn, exposureGaps, firstFacts, reachedSteps, startsOfRuns, wholeHistory } =
  await import('@tributary/training');

const [steps = NaN, sources = NaN, questions = NaN] = numbersOf({
  steps: { standard: 1_000_000, least: 10_000, most: 10_000_000 },
  sources: { standard: 10, least: 1, most: 10_000 },
  questions: { standard: 200, least: 20, most: 10_000 },
});
const WARM_UP = 10;
const EVIDENCE = 10_000;

const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
const engine = await openChdb({ directory: join(directory, 'tables'), threads: 16 });
await migrate(engine, join(import.meta.dirname, '../../migrations/clickhouse'));

let position = 0;
const runs = [10_000, 100_000, steps]
  .filter((length, at, all) => length <= steps && all.indexOf(length) === at)
  .map((length): LongRun => {
    const firstPosition = position + 1;
    position += length + 1;
    return { run: `run-${length}`, steps: length, firstPosition };
  });
const as_of = [position];
const next = progress(2 * runs.length + 1);
for (const run of runs) {
  next(`filling ${whole(run.steps * sources)} rows of ${run.run}`);
  await fill(engine, run, sources);
}

let state = 1;
const random = (): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};

/** Tokens of a run up to a step, with the facts behind them, and whether a step of it is missing: what `exposure` reads. */
async function tokensUpTo(run: string, step: number): Promise<bigint> {
  const history = await wholeHistory(engine.reader, { run, step }, as_of);
  const { run_ids, attempts, ends } = history;
  const segments = { run_ids, attempts, ends, as_of };
  const bounds = { from_step: 0, bounded: [run], first_steps: [1], continued_steps: [1] };
  const isWhole = async () => {
    const [, reached] = await Promise.all([
      engine.reader.all(startsOfRuns, { run_ids: [run], as_of }),
      engine.reader.all(reachedSteps, segments),
    ]);
    const last = { last_steps: [reached[0]?.last_step ?? 0], last_marks: [reached[0]?.last_mark ?? 0] };
    const rows = await engine.reader.all(exposureGaps, { ...segments, ...bounds, ...last });
    return rows.every(({ gaps }) => gaps === 0);
  };
  const [{ amounts }, , whole] = await Promise.all([
    consumedIn(engine.reader, history, { run, by: 'domain', as_of }),
    firstFacts(engine.reader, history, { first: EVIDENCE, as_of }),
    isWhole(),
  ]);
  if (!whole) throw new Error(`${run} lacks steps, and none is missing in it`);
  return amounts.reduce((sum, { whole: amount }) => sum + amount, 0n);
}

async function times({ run, steps: length }: LongRun): Promise<number[]> {
  const taken: number[] = [];
  for (let question = -WARM_UP; question < questions; question += 1) {
    const step = 1 + Math.floor(random() * length);
    const before = performance.now();
    await tokensUpTo(run, step);
    if (question >= 0) taken.push(performance.now() - before);
  }
  return taken.toSorted((left, right) => left - right);
}

const measured: { readonly run: LongRun; readonly taken: readonly number[] }[] = [];
for (const run of runs) {
  next(`asking ${questions} questions about ${run.run}`);
  measured.push({ run, taken: await times(run) });
}
next('done');
const base = median([...(measured[0]?.taken ?? [])]);
writeResults('exposure', `--steps ${steps} --sources ${sources} --questions ${questions}`, [
  {
    title: `What a run consumed up to a random step, by domain, with the first ${whole(EVIDENCE)} facts behind it: ${whole(questions)} questions to each run, of ${whole(sources)} sources a step.`,
    columns: ['steps of the run', 'rows of the run', 'median, ms', '95th percentile, ms', 'median, ratio'],
    rows: measured.map(({ run, taken }) => [
      whole(run.steps),
      whole(run.steps * sources),
      whole(median([...taken])),
      whole(taken[Math.floor(taken.length * 0.95)] ?? NaN),
      ratio(median([...taken]) / base),
    ]),
  },
]);
await engine.close();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
