import type { Fact } from '@tributary/contracts';
import { aFact, insertRows, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainingProjection } from './projection.ts';
import { attemptReport } from './queries.ts';
import { listRuns } from './run-list.ts';
import { trackerProjection } from './tracker/projection.ts';
import { trackedRuns } from './tracker/queries.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

const READ = { importedsha256: 'a'.repeat(64) };
const about = (runId: string) => ({ runId, model: { name: 'lm' }, config: {}, seeds: {} });

/** What may be recorded of a run, each by its name. */
const FACTS: Readonly<Record<string, (runId: string) => Fact>> = {
  plan: (runId) => ({ ...aFact('training.run.planned', about(runId)), ...READ }),
  reported: (runId) => aFact('training.run.started', { ...about(runId), attempt: 1 }),
  read: (runId) => ({ ...aFact('training.run.started', { ...about(runId), attempt: 1 }), ...READ }),
  readAgain: (runId) => ({ ...aFact('training.run.started', { ...about(runId), attempt: 2 }), ...READ }),
  steps: (runId) =>
    aFact('training.steps.recorded', { runId, attempt: 1, steps: [1, 2], columns: { loss: [2, 1] } }),
  end: (runId) => aFact('training.run.ended', { runId, attempt: 2, status: 'failed' }),
};
const NAMES = Object.keys(FACTS);

/** The status by the rule of decision 104, of what is recorded. */
function expectedStatus(recorded: ReadonlySet<string>): string | undefined {
  if (recorded.size === 0) return undefined;
  const isStarted = ['reported', 'read', 'readAgain'].some((name) => recorded.has(name));
  const newest = recorded.has('readAgain') || (!isStarted && recorded.has('end')) ? 2 : 1;
  if (newest === 2 && recorded.has('end')) return 'failed';
  if (newest === 1 && recorded.has('reported')) return 'running';
  return recorded.size === 1 && recorded.has('plan') ? 'planned' : 'unknown';
}

/** Every set of the facts, as the name of a run. */
const SETS = Array.from({ length: 2 ** NAMES.length - 1 }, (_, index) =>
  NAMES.filter((_name, bit) => ((index + 1) >> bit) % 2 === 1),
);

/** Runs that are asked for by their names too. */
const ALONE = new Set(['plan', 'plan+steps', 'plan+read']);

it.each(['in the order of time', 'the other way round'])(
  'gives every run the status that its facts say, recorded %s',
  async (order) => {
    const names = order === 'the other way round' ? NAMES.toReversed() : NAMES;
    const prefix = order.replaceAll(' ', '-');
    const facts = SETS.flatMap((set) =>
      names.filter((name) => set.includes(name)).map((name) => FACTS[name]?.(`${prefix}/${set.join('+')}`)),
    ).filter((fact) => fact !== undefined);
    const rows = facts.flatMap((fact, at) =>
      [trainingProjection, trackerProjection].map((projection) =>
        projection.project(fact, { _position: at + 1, recorded_at: 1_000_000 + at }),
      ),
    );
    await insertRows(store.engine, prefix, rows);
    const as_of = [facts.length];
    const { reader } = store.engine;
    const listed = await listRuns(reader, {
      experiment_id: null,
      run_id: null,
      prefix,
      after: '',
      first: 1000,
      as_of,
    });
    const found = Object.fromEntries(listed.map(({ run_id, status }) => [run_id, status]));
    const expected = SETS.map((set) => [`${prefix}/${set.join('+')}`, expectedStatus(new Set(set))] as const);
    expect(found).toEqual(Object.fromEntries(expected));
    const ids = expected.map(([run_id]) => run_id);
    const tracked = await reader.all(trackedRuns, { project_ids: [], run_ids: ids, as_of });
    /* Steps are no change of a run that a tracker lists. */
    const isChanged = ([run_id]: readonly [string, unknown]) => !run_id.includes('steps');
    expect(
      Object.fromEntries(tracked.map(({ run_id, status }) => [run_id, status] as const).filter(isChanged)),
    ).toEqual(Object.fromEntries(expected.filter(isChanged)));
    const alone = expected.filter(([run_id]) => ALONE.has(run_id.slice(prefix.length + 1)));
    expect(alone).toHaveLength(ALONE.size);
    for (const [run_id, status] of alone) {
      const asked = { experiment_id: null, run_id, prefix: '', after: '', first: 1, as_of };
      expect([run_id, (await listRuns(reader, asked))[0]?.status]).toEqual([run_id, status]);
    }
  },
);

it('has no attempt of a plan, and no time of an import for a start', async () => {
  const first = 100_000;
  const facts = [
    FACTS['plan']?.('only'),
    FACTS['plan']?.('both'),
    FACTS['read']?.('both'),
    FACTS['reported']?.('live'),
  ];
  const rows = facts.flatMap((fact, at) =>
    fact === undefined
      ? []
      : [trainingProjection, trackerProjection].map((projection) =>
          projection.project(fact, { _position: first + at, recorded_at: 3_000_000 }),
        ),
  );
  await insertRows(store.engine, 'times', rows);
  const { reader } = store.engine;
  const as_of = [first + facts.length];
  const report = async (run_id: string) =>
    (await reader.all(attemptReport, { run_id, attempts: [], ends: [], as_of })).map((row) => [
      row.attempt,
      row.status,
    ]);
  expect(await report('only')).toEqual([]);
  expect(await report('both')).toEqual([[1, 'unknown']]);
  expect(await report('live')).toEqual([[1, 'running']]);
  const tracked = await reader.all(trackedRuns, {
    project_ids: [],
    run_ids: ['both', 'live', 'only'],
    as_of,
  });
  expect(
    Object.fromEntries(tracked.map(({ run_id, status, started }) => [run_id, [status, started]])),
  ).toEqual({ both: ['unknown', 0], live: ['running', 3000], only: ['planned', 0] });
});

it('lets no run go on because the start that a file gave it was corrected', async () => {
  const position = 200_000;
  const start = { ...aFact('training.run.started', { ...about('mended'), attempt: 1 }), ...READ };
  const imported = { ...start, source: 'urn:tributary:importer:olmo-config' };
  const correction = {
    ...aFact('training.run.started', { ...about('mended'), attempt: 1, tokenizer: 't' }),
    corrects: imported.id,
    correctssource: imported.source,
  };
  const rows = [imported, correction].flatMap((fact, at) =>
    [trainingProjection, trackerProjection].map((projection) =>
      projection.project(fact, { _position: position + at, recorded_at: 3_000_000 }),
    ),
  );
  const corrects = {
    _position: position + 1,
    recorded_at: 3_000_000,
    corrected_position: position,
    type: start.type,
    stream: 'run/mended',
    reason: '',
    actor: '',
  };
  await insertRows(store.engine, 'mended', [...rows, { log_correction: [corrects] }]);
  const { reader } = store.engine;
  const as_of = [position + 2];
  const asked = { experiment_id: null, run_id: 'mended', prefix: '', after: '', first: 1, as_of };
  expect((await listRuns(reader, asked))[0]?.status).toBe('unknown');
  const tracked = await reader.all(trackedRuns, { project_ids: [], run_ids: ['mended'], as_of });
  expect(tracked.map(({ status, started }) => [status, started])).toEqual([['unknown', 0]]);
});
