import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataOf } from '../import.fixture.ts';
import type { Imported } from '../importer.ts';
import { imported } from './imported-files.fixture.ts';
import { readMap } from './read-map.ts';
import { SharedRuns } from './shared-runs.ts';
import type { Survey } from './survey.ts';

const LOG = `reads: log
patterns: 'step (?P<step>\\d+) loss (?P<loss>\\S+)'
run: {is: job}
step: step
metrics: [loss]
`;
const BY_FILE = `${LOG}path: 'job-(?P<part>\\d+)\\.out$'\nrestart: part\n`;

/** The steps of an attempt and their losses. */
type Attempt = { readonly first: number; readonly losses: readonly number[] };

const logOf = ({ first, losses }: Attempt): string =>
  losses.map((loss, index) => `step ${first + index} loss ${loss}\n`).join('');
const filesOf = (attempts: readonly (readonly [number, Attempt])[]): Record<string, string> =>
  Object.fromEntries(attempts.map(([restart, attempt]) => [`job-${restart}.out`, logOf(attempt)]));

/** Every recorded step by attempt, each with its loss. */
const stepsOf = (result: Imported): string[] =>
  dataOf(result, 'training.steps.recorded').flatMap((data) =>
    'columns' in data
      ? data.steps.map((step, index) => `${data.attempt} ${step} ${data.columns['loss']?.[index]}`)
      : [],
  );
const startsOf = (result: Imported): unknown[] =>
  dataOf(result, 'training.run.started').map((data) => 'attempt' in data && data.attempt);

const losses = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 6 });
const attempts = fc.array(fc.record({ first: fc.nat({ max: 20 }), losses }), { minLength: 1, maxLength: 5 });

it('has each file of a restarted job as an attempt of its own, in any order and in parts, whatever steps they share', async () => {
  await fc.assert(
    fc.asyncProperty(attempts, fc.nat({ max: 5 }), async (all, cut) => {
      const numbered = all.map((attempt, restart) => [restart, attempt] as const);
      const whole = await imported(BY_FILE, filesOf(numbered));
      expect(whole.rejected).toEqual([]);
      expect(stepsOf(whole).toSorted()).toEqual(
        all
          .flatMap(({ first, losses: own }, index) =>
            own.map((loss, at) => `${index + 1} ${first + at} ${loss}`),
          )
          .toSorted(),
      );
      expect(startsOf(whole)).toEqual(all.map((_, index) => index + 1));
      expect(await imported(BY_FILE, filesOf(numbered.toReversed()))).toEqual(whole);
      const parts = [numbered.slice(0, cut), numbered.slice(cut)].filter(({ length }) => length > 0);
      const events = (await Promise.all(parts.map((part) => imported(BY_FILE, filesOf(part))))).flatMap(
        (part) => part.events.map((event) => JSON.stringify(event)),
      );
      expect(events.toSorted()).toEqual(whole.events.map((event) => JSON.stringify(event)).toSorted());
    }),
    { seed: 7, numRuns: 40 },
  );
});

it('has the same attempts as one log in which each restart goes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(losses, { minLength: 1, maxLength: 4 }), async (all) => {
      const back = all.map((own) => ({ first: 5, losses: [1, ...own] }));
      const inFiles = await imported(
        BY_FILE,
        filesOf(back.map((attempt, restart) => [restart, attempt] as const)),
      );
      const inOne = await imported(LOG, { 'job.out': back.map(logOf).join('') });
      expect(stepsOf(inFiles)).toEqual(stepsOf(inOne));
      expect(startsOf(inFiles)).toEqual(startsOf(inOne));
    }),
    { seed: 8, numRuns: 20 },
  );
});

it('takes attempts from a column, whose totals of tokens begin again with each', async () => {
  const table =
    'run,attempt,step,loss,tokens\na,1,1,3,100\na,1,2,2.5,200\na,1,3,2,300\na,2,2,2.25,100\na,2,3,2.125,200\n';
  const map = 'reads: table\nrun: run\nattempt: attempt\nstep: step\ntokens: tokens\nmetrics: [loss]\n';
  const result = await imported(map, { 'a.csv': table });
  expect(stepsOf(result)).toEqual(['1 1 3', '1 2 2.5', '1 3 2', '2 2 2.25', '2 3 2.125']);
  expect(result.rejected).toEqual([]);
  expect(result.warnings).toMatchObject([{ code: 'tokens_are_a_total' }]);
});

it('refuses a second value for a step of one attempt, also where the steps of a log go back', async () => {
  const result = await imported(BY_FILE, { 'job-0.out': 'step 1 loss 3\nstep 2 loss 2\nstep 1 loss 9\n' });
  expect(stepsOf(result)).toEqual(['1 1 3', '1 2 2']);
  expect(result.rejected).toMatchObject([
    { source: 'job-0.out:3', reason: expect.stringContaining('another value, 9') },
  ]);
});

it.each([
  ['attempt', '0'],
  ['attempt', '1.5'],
  ['attempt', ''],
  ['attempt', '1000001'],
  ['restart', '-1'],
  ['restart', 'first'],
])('refuses the rows whose %s is "%s"', async (role, cell) => {
  const map = `reads: table\nrun: run\n${role}: try\nstep: step\nmetrics: [loss]\n`;
  const result = await imported(map, { 'a.csv': `run,try,step,loss\na,${cell},1,3\na,1,2,2\n` });
  expect(stepsOf(result)).toHaveLength(1);
  expect(result.rejected).toMatchObject([
    { source: 'a.csv:2', pointer: 'try', reason: expect.stringContaining('from') },
  ]);
});

it('refuses a map with both', () => {
  const both = readMap('reads: table\nstep: s\nmetrics: all\nattempt: a\nrestart: b\n');
  expect(both).toMatchObject({
    ok: false,
    text: expect.stringContaining('restart: it says what attempt says'),
  });
});

it('has the exposure of attempts that alternate once, and refuses a second amount', async () => {
  const rows = ['a,1,10,web,100', 'a,2,10,web,100', 'a,1,10,web,100', 'a,2,11,web,7'];
  const map = 'reads: table\nrun: run\nattempt: attempt\nstep: step\nslice: domain\ntokens: tokens\n';
  const result = await imported(map, { 'a.csv': `run,attempt,step,domain,tokens\n${rows.join('\n')}\n` });
  const amounts = dataOf(result, 'training.exposure.recorded').flatMap((data) =>
    'amounts' in data ? [`${data.attempt} ${data.firstStep} ${data.amounts[0].amount}`] : [],
  );
  expect(amounts.toSorted()).toEqual(['1 10 100', '2 10 100', '2 11 7']);
  expect(result.rejected).toMatchObject([{ source: 'a.csv:4' }]);
});

it('takes the same tokens of each attempt for those of its step, and no total', async () => {
  const rows = ['a,1,1,3,100', 'a,2,1,2,100', 'a,1,2,2.5,100', 'a,2,2,2,100'];
  const map = 'reads: table\nrun: run\nattempt: attempt\nstep: step\ntokens: tokens\nmetrics: [loss]\n';
  const result = await imported(map, { 'a.csv': `run,attempt,step,loss,tokens\n${rows.join('\n')}\n` });
  expect(result.warnings).toEqual([]);
});

it('compares attempts with nothing but themselves, and one of two files as a run', () => {
  const steps = { low: 1, high: 9 };
  const survey = (...attempts: readonly number[]): Survey => ({
    runs: new Map([
      [
        'a',
        { rows: 9, backs: 0, firstBack: 0, steps, attempts: new Map(attempts.map((one) => [one, steps])) },
      ],
    ]),
    rows: 9,
    tokensIncrease: false,
  });
  const rows = { at: (at: number) => `line ${at}` };
  const compared = (shared: SharedRuns, attempt: number) =>
    [3, 4].map((value) => shared.compare({ runId: 'a', attempt }, 'step 1', { value, at: 1, rows }).is);
  expect(compared(new SharedRuns([survey(1), survey(2)]), 1)).toEqual(['new', 'new']);
  expect(compared(new SharedRuns([survey(1, 2), survey(2)]), 2)).toEqual(['new', 'different']);
  expect(compared(new SharedRuns([survey(), survey()]), 1)).toEqual(['new', 'different']);
});
