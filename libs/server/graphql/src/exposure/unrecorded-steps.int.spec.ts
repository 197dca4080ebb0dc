import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { hasUnplaced, missingIn, randomRecords, recordsOf } from './random-records.fixture.ts';
import type { Attempts } from './random-records.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

async function recorded(...events: readonly SentEvent[]): Promise<void> {
  await server.record(...events);
  await server.caughtUp();
}

type Answer = { readonly complete: boolean; readonly reason: string | null };

const exposureOf = async (named: string): Promise<Answer> =>
  (await server.ask<{ exposure: Answer }>(`{ exposure(${named}) { complete reason } }`)).exposure;

const groupsOf = async (named: string): Promise<Answer> =>
  (await server.ask<{ exposureGroups: Answer }>(`{ exposureGroups(${named}) { complete reason } }`))
    .exposureGroups;

const started = (runId: string, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const consumed = (runId: string, firstStep: number, lastStep: number, attempt = 1): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'a', amount: 10 }],
  });

const saved = (runId: string, checkpointId: string, step: number): SentEvent =>
  fact('training.checkpoint.saved', { runId, attempt: 1, checkpointId, step });

type Outcome = 'nothing' | 'whole' | 'lacks steps' | 'lacks a beginning';

function outcomeOf(attempts: Attempts, last: number): Outcome {
  const missing = missingIn(attempts, last);
  if (missing === undefined) return 'nothing';
  if (missing.length > 0) return 'lacks steps';
  return hasUnplaced(attempts, last) ? 'lacks a beginning' : 'whole';
}

function outcomeIn({ complete, reason }: Answer): Outcome {
  if (complete) return 'whole';
  if (reason?.includes('is recorded for step') === true) return 'lacks steps';
  return reason?.includes('began: only') === true ? 'lacks a beginning' : 'nothing';
}

describe('an answer about what runs consumed', () => {
  const runs = randomRecords(71, 24).map((attempts, at) => ({ attempts, run: `random-${at}` }));
  const STEPS = [undefined, 64, 110];

  beforeAll(() => recorded(...runs.flatMap(({ attempts, run }) => recordsOf(attempts, run))));

  it('is complete where each step that the run is known to have had is recorded or skipped, and only there', async () => {
    const outcomes = new Map<Outcome, number>();
    for (const { attempts, run } of runs)
      for (const step of STEPS) {
        const outcome = outcomeOf(attempts, step ?? Infinity);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        const answer = await exposureOf(`run: "${run}"${step === undefined ? '' : `, step: ${step}`}`);
        expect([run, step, outcomeIn(answer)]).toEqual([run, step, outcome]);
        if (step === 110) continue;
        const groups = await groupsOf(`runs: ["${run}"]${step === undefined ? '' : `, toStep: ${step}`}`);
        expect([run, step, groups.complete]).toEqual([run, step, outcome === 'whole']);
      }
    expect([...outcomes.values()].every((count) => count > 3)).toBe(true);
    expect(outcomes.size).toBe(4);
  });
});

describe('the steps before, between and behind recorded exposure', () => {
  it('make what a checkpoint had consumed incomplete, although nothing else says that its run had its step', async () => {
    await recorded(started('saved'), consumed('saved', 1, 10), saved('saved', 'saved-15', 15));
    const reason = 'no exposure of run saved is recorded for steps 11 to 15';
    expect(await exposureOf('run: "saved", checkpoint: "saved-15"')).toEqual({ complete: false, reason });
    expect(await exposureOf('run: "saved", step: 10')).toEqual({ complete: true, reason: null });
  });

  it('are looked for in the run that a fork goes on from, up to the fork', async () => {
    await recorded(
      started('trunk'),
      consumed('trunk', 1, 10),
      started('branch', { forkedFrom: { runId: 'trunk', step: 12 } }),
      consumed('branch', 13, 20),
    );
    const reason = 'no exposure of run trunk is recorded for steps 11 to 12';
    expect(await exposureOf('run: "branch"')).toEqual({ complete: false, reason });
    expect(await exposureOf('run: "trunk"')).toEqual({ complete: true, reason: null });
    expect(await groupsOf('runs: ["branch"]')).toEqual({ complete: true, reason: null });
  });

  it('are none of a run that only inherits, or has only started, or that ended nobody knows where', async () => {
    await recorded(
      started('base'),
      consumed('base', 1, 20),
      fact('training.run.ended', { runId: 'base', attempt: 1, status: 'completed' }),
      started('twig', { forkedFrom: { runId: 'base', step: 12 } }),
      consumed('twig', 13, 20),
      started('fresh'),
      started('young', { attempt: 2 }),
      consumed('young', 1, 10),
    );
    const complete = { complete: true, reason: null };
    expect(await exposureOf('run: "base"')).toEqual(complete);
    expect(await exposureOf('run: "base", step: 5000')).toEqual(complete);
    expect(await exposureOf('run: "twig", step: 12')).toEqual(complete);
    expect(await groupsOf('runs: ["base", "twig", "fresh"], toStep: 12')).toEqual(complete);
    await recorded(started('young', { attempt: 3 }));
    expect(await exposureOf('run: "young", step: 1000')).toEqual(complete);
  });

  it('are those behind it where a run goes on from a checkpoint that no event knows', async () => {
    const steps = [50, 60];
    await recorded(
      started('tuned', { parentCheckpointId: 'hub/llama' }),
      consumed('tuned', 31, 40),
      fact('training.steps.recorded', { runId: 'tuned', attempt: 1, steps, columns: { loss: steps } }),
    );
    const reason = 'no exposure of run tuned is recorded for steps 41 to 60';
    expect(await exposureOf('run: "tuned"')).toEqual({ complete: false, reason });
  });

  it('end one before a mark where steps are numbered from 0, also for what goes on from it', async () => {
    await recorded(
      started('zero'),
      consumed('zero', 0, 99),
      saved('zero', 'zero-100', 100),
      fact('training.run.ended', { runId: 'zero', attempt: 1, status: 'completed', lastStep: 100 }),
      started('one', { parentCheckpointId: 'zero-100' }),
      consumed('one', 100, 109),
    );
    const complete = { complete: true, reason: null };
    expect(await exposureOf('run: "zero", checkpoint: "zero-100"')).toEqual(complete);
    expect(await exposureOf('run: "one", inherited: true')).toEqual(complete);
  });

  it('are not known where nothing says where an attempt began that a checkpoint names', async () => {
    const named = { runId: 'again', attempt: 2, checkpointId: 'again-300', step: 300 };
    await recorded(started('again'), consumed('again', 1, 400), fact('training.checkpoint.saved', named));
    const reason =
      'nothing says where attempt 2 of run again began: only checkpoints, ends, skipped steps, orders or other attempts name it';
    expect(await exposureOf('run: "again"')).toEqual({ complete: false, reason });
    expect(await exposureOf('run: "again", step: 10')).toEqual({ complete: false, reason });
    expect(await groupsOf('runs: ["again"]')).toEqual({ complete: false, reason });
    await recorded(started('again', { attempt: 2 }));
    expect(await exposureOf('run: "again"')).toEqual({ complete: false, reason });
    await recorded(started('again', { attempt: 3, resumedFrom: { attempt: 1, step: 200 } }));
    expect(await exposureOf('run: "again"')).toEqual({ complete: true, reason: null });
  });

  it('are not known where an attempt goes on from one of which nothing is recorded', async () => {
    const resumedFrom = { attempt: 2, step: 200 };
    await recorded(
      started('gone'),
      consumed('gone', 1, 300),
      started('gone', { attempt: 3, resumedFrom }),
      consumed('gone', 201, 300, 3),
    );
    expect((await exposureOf('run: "gone"')).reason).toContain('where attempt 2 of run gone began');
  });

  it('are those of a run that a fork names and that no event mentions', async () => {
    const forkedFrom = { runId: 'nowhere', step: 1000 };
    await recorded(started('stray', { forkedFrom }), consumed('stray', 1001, 2000));
    const reason = 'no exposure of run nowhere is counted';
    expect(await exposureOf('run: "stray"')).toEqual({ complete: false, reason });
  });

  it('are in doubt where runs were forked from each other, or several saved the checkpoint of a start', async () => {
    await recorded(
      started('left', { forkedFrom: { runId: 'right', step: 20 } }),
      consumed('left', 21, 30),
      started('right', { forkedFrom: { runId: 'left', step: 10 } }),
      consumed('right', 11, 20),
      started('made'),
      consumed('made', 1, 10),
      saved('made', 'last', 10),
      started('after', { parentCheckpointId: 'last' }),
      consumed('after', 1, 10),
    );
    expect((await exposureOf('run: "left"')).reason).toContain('come back to run left');
    expect(await exposureOf('run: "after", inherited: true')).toMatchObject({ complete: true });
    await recorded(saved('after', 'last', 10));
    expect((await exposureOf('run: "after", inherited: true')).reason).toBe(
      'several runs saved checkpoint last: what the last of them had consumed counts',
    );
  });

  it('are those between the steps that groups are asked for', async () => {
    await recorded(started('windowed'), consumed('windowed', 5, 10), consumed('windowed', 21, 30));
    expect(await groupsOf('runs: ["windowed"], fromStep: 21')).toEqual({ complete: true, reason: null });
    expect(await groupsOf('runs: ["windowed"], fromStep: 8')).toEqual({
      complete: false,
      reason: 'no exposure of run windowed is recorded for steps 11 to 20',
    });
    expect(await exposureOf('run: "windowed", step: 12')).toMatchObject({
      complete: false,
      reason: 'no exposure of run windowed is recorded for steps 1 to 4 and 1 more gap',
    });
    expect((await groupsOf('runs: ["windowed"]')).reason).toBe(
      'no exposure of run windowed is recorded for steps 1 to 4 and 1 more gap',
    );
  });

  it('are counted by run where there are many', async () => {
    const many = Array.from({ length: 5 }, (_, at) => `many-${at}`);
    await recorded(...many.flatMap((run) => [started(run), consumed(run, 2, 3)]));
    const gap = (run: string) => `no exposure of run ${run} is recorded for step 1`;
    const named = many.slice(0, 3).map(gap);
    const { reason } = await groupsOf(`runs: [${many.map((run) => `"${run}"`).join(', ')}]`);
    expect(reason).toBe([...named, 'so of 2 more runs'].join('; '));
  });
});
