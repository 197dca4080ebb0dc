import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainingContentSummary } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { answerTo, askSummary, statementsOf } from './asked-summary.fixture.ts';
import { registeredAs } from './content-facts.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

/** The positions of the events, once the tables have them. */
async function recorded(...events: readonly SentEvent[]): Promise<string[]> {
  const { receipts } = await server.record(...events);
  await server.caughtUp();
  return receipts.map(({ position }) => position);
}

const summaryOf = (asked: string): Promise<TrainingContentSummary> => askSummary(server, asked);

const started = (runId: string, more: object = {}): SentEvent =>
  fact('training.run.started', {
    runId,
    attempt: 1,
    model: { name: `${runId}-model` },
    config: {},
    seeds: {},
    ...more,
  });

const consumed = (runId: string, firstStep: number, lastStep: number, attempt = 1): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', amount: 10 }],
  });

const saved = (runId: string, checkpointId: string, step: number, more: object = {}): SentEvent =>
  fact('training.checkpoint.saved', { runId, attempt: 1, checkpointId, step, ...more });

const tagged = (runId: string, value: string): SentEvent =>
  fact('training.run.annotated', { runId, tags: { 'training_content.model_dependencies': value } });

const dependenciesOf = (summary: TrainingContentSummary) =>
  statementsOf(summary, 'modelDependencies').map(({ text, evidence }) => [text, evidence]);

describe('what the model was made from', () => {
  it('is the checkpoint that its start names, with the position of that start', async () => {
    const [at] = await recorded(started('tuned', { parentCheckpointId: 'base@9' }), consumed('tuned', 1, 2));
    const tuned = await summaryOf('run: "tuned"');
    expect(dependenciesOf(tuned)).toEqual([['checkpoint base@9', [at]]]);
    expect(answerTo(tuned, 'modelDependencies')).toBe('answered');
    expect(tuned.evidence).toContain(at);
    expect(tuned.reason).toContain('no event says which run saved checkpoint base@9');
  });

  it('is not the checkpoint of its own that a run goes on from', async () => {
    const again = { attempt: 2, parentCheckpointId: 'own@5', resumedFrom: { attempt: 1, step: 5 } };
    await recorded(
      started('own'),
      consumed('own', 1, 5),
      saved('own', 'own@5', 5),
      started('own', again),
      consumed('own', 6, 9, 2),
    );
    const own = await summaryOf('run: "own"');
    expect(dependenciesOf(own)).toEqual([]);
    expect(answerTo(own, 'modelDependencies')).toBe('no_fact');
  });

  it('stays open of a fork until somebody states what the run was made from that it goes back to', async () => {
    const [, forked] = await recorded(
      started('root'),
      started('middle', { forkedFrom: { runId: 'root', step: 4 } }),
      started('leaf', { parentCheckpointId: 'middle@8' }),
      saved('middle', 'middle@8', 8),
      consumed('root', 1, 4),
      consumed('middle', 5, 8),
      consumed('leaf', 1, 3),
    );
    const open = await summaryOf('run: "leaf"');
    expect(open.totals).toMatchObject([{ tokens: 30, inherited: 20 }]);
    expect(dependenciesOf(open)).toMatchObject([
      ['checkpoint middle@8', {}],
      ['run root, step 4', [forked]],
    ]);
    expect(answerTo(open, 'modelDependencies')).toBe('partly');
    expect(open.openQuestions.map(({ field }) => field)).toContain('modelDependencies');
    const [stated] = await recorded(tagged('root', 'none'));
    const closed = await summaryOf('run: "leaf"');
    expect(dependenciesOf(closed)[0]).toEqual(['none', [stated]]);
    expect(answerTo(closed, 'modelDependencies')).toBe('answered');
  });

  it('stays open of runs that name each other', async () => {
    await recorded(
      started('hen', { forkedFrom: { runId: 'egg', step: 2 } }),
      started('egg', { forkedFrom: { runId: 'hen', step: 2 } }),
      consumed('hen', 3, 4),
    );
    expect(answerTo(await summaryOf('run: "hen"'), 'modelDependencies')).toBe('partly');
  });

  it('and its name are those of the attempt that saved the checkpoint; a name that is not known is none', async () => {
    await recorded(
      started('renamed', { tokenBudget: 70 }),
      consumed('renamed', 1, 5),
      saved('renamed', 'renamed@5', 5),
      started('renamed', { attempt: 2, model: { name: 'unknown' }, tokenBudget: 90 }),
      consumed('renamed', 1, 5, 2),
    );
    const first = await summaryOf('run: "renamed", checkpoint: "renamed@5"');
    expect(statementsOf(first, 'modelName')).toMatchObject([{ text: 'renamed-model' }]);
    expect(statementsOf(first, 'size').map(({ tokens }) => tokens)).toEqual([10, 70]);
    expect(answerTo(await summaryOf('run: "renamed"'), 'modelName')).toBe('no_fact');
  });

  it('is what the attempts name that it went through, and no later one', async () => {
    await recorded(
      started('again'),
      consumed('again', 1, 5),
      saved('again', 'again@5', 5),
      started('again', { attempt: 2, parentCheckpointId: 'base@9' }),
      consumed('again', 1, 5, 2),
    );
    const first = await summaryOf('run: "again", checkpoint: "again@5"');
    expect(dependenciesOf(first)).toEqual([]);
    expect(answerTo(first, 'modelDependencies')).toBe('no_fact');
    expect(dependenciesOf(await summaryOf('run: "again"'))).toMatchObject([['checkpoint base@9', {}]]);
  });

  it('is not what the parent of a fork was restarted from afterwards', async () => {
    await recorded(
      started('base'),
      consumed('base', 1, 9),
      saved('base', 'base@3', 3),
      started('parent'),
      consumed('parent', 1, 6),
      started('fork', { forkedFrom: { runId: 'parent', step: 6 } }),
      consumed('fork', 7, 9),
    );
    await recorded(
      started('parent', { attempt: 2, parentCheckpointId: 'base@3' }),
      consumed('parent', 1, 8, 2),
    );
    const fork = await summaryOf('run: "fork"');
    expect(dependenciesOf(fork)).toMatchObject([['run parent, step 6', {}]]);
    expect(answerTo(fork, 'modelDependencies')).toBe('partly');
    expect(fork.totals).toMatchObject([{ tokens: 20, inherited: 10 }]);
    const parent = await summaryOf('run: "parent"');
    expect(dependenciesOf(parent)).toMatchObject([['checkpoint base@3', {}]]);
  });

  it('is not what an attempt was started from of which no step counts', async () => {
    await recorded(
      started('first-base'),
      consumed('first-base', 1, 2),
      saved('first-base', 'first-base@2', 2),
      started('second-base'),
      consumed('second-base', 1, 4),
      consumed('second-base', 3, 4),
      saved('second-base', 'second-base@4', 4),
      started('swapped', { parentCheckpointId: 'first-base@2' }),
      consumed('swapped', 1, 5),
      started('swapped', { attempt: 2, parentCheckpointId: 'second-base@4' }),
      consumed('swapped', 1, 5, 2),
    );
    const swapped = await summaryOf('run: "swapped"');
    expect(dependenciesOf(swapped)).toMatchObject([['checkpoint second-base@4', {}]]);
    expect(swapped.totals).toMatchObject([{ tokens: 30, inherited: 20 }]);
  });

  it('unknown runs and checkpoints are refused', async () => {
    const nobody = await server.reply('{ trainingContentSummary(run: "nobody") { run } }');
    expect(nobody.body.errors).toMatchObject([{ extensions: { code: 'unknown_run' } }]);
    const unsaved = await server.reply('{ trainingContentSummary(run: "tuned", checkpoint: "x") { run } }');
    expect(unsaved.body.errors).toMatchObject([{ extensions: { code: 'unknown_checkpoint' } }]);
  });
});

it('lists the mixtures of all attempts that the run went through, and of no other', async () => {
  const plan = (mixtureId: string) =>
    fact('mixture.plan.decided', {
      mixtureId,
      unit: 'unnormalised',
      phases: [{ name: 'main', fromStep: 0, weights: [{ slice: 'web', weight: 1 }] }],
      rationale: 'more web',
      decidedBy: 'ada',
    });
  await recorded(
    plan('first'),
    plan('third'),
    started('mixed', { mixtureId: 'first' }),
    started('mixed', { attempt: 2, mixtureId: 'second', resumedFrom: { attempt: 1, step: 5 } }),
    started('mixed', { attempt: 3, mixtureId: 'third', resumedFrom: { attempt: 1, step: 4 } }),
    consumed('mixed', 1, 4),
    consumed('mixed', 5, 6, 3),
    started('undecided', { mixtureId: 'nowhere' }),
    started('restarted', { mixtureId: 'first' }),
    consumed('restarted', 1, 4),
    started('restarted', { attempt: 2, mixtureId: 'third' }),
    consumed('restarted', 1, 4, 2),
  );
  const textsOf = async (run: string) =>
    statementsOf(await summaryOf(`run: "${run}"`), 'mixture').map(({ text }) => text);
  expect(await textsOf('mixed')).toEqual([
    'first, decided by ada: more web',
    'third, decided by ada: more web',
  ]);
  expect(await textsOf('restarted')).toEqual(['third, decided by ada: more web']);
  expect(await textsOf('undecided')).toEqual(['nowhere, no decision is recorded']);
});

describe('is not complete where exposure is not recorded', () => {
  const lackOf = async (asked: string): Promise<string> => {
    const { complete, reason } = await summaryOf(asked);
    expect(complete).toBe(false);
    return reason ?? '';
  };

  it('of steps between, before and after recorded ranges', async () => {
    await recorded(
      consumed('gaps', 3, 4),
      consumed('gaps', 6, 7),
      consumed('gaps', 6, 8),
      consumed('gaps', 12, 14),
      fact('training.run.ended', { runId: 'gaps', attempt: 1, status: 'completed', lastStep: 20 }),
      saved('gaps', 'gaps@16', 16),
    );
    const before = 'no exposure of run gaps is recorded for steps 1 to 2';
    expect(await lackOf('run: "gaps"')).toContain(`${before} and 3 more gaps`);
    await recorded(consumed('gaps', 1, 2), consumed('gaps', 5, 5), consumed('gaps', 9, 11));
    expect(await lackOf('run: "gaps"')).toContain('no exposure of run gaps is recorded for steps 15 to 20');
    expect(await lackOf('run: "gaps", checkpoint: "gaps@16"')).toContain('for steps 15 to 16');
  });

  it('but is where the steps before the first and after the last recorded one were skipped', async () => {
    const skipped = (steps: readonly number[]) =>
      fact('training.steps.skipped', { runId: 'edges', attempt: 1, steps, reason: 'nan' });
    await recorded(
      started('edges'),
      consumed('edges', 3, 8),
      skipped([1, 2, 9]),
      fact('training.run.ended', { runId: 'edges', attempt: 1, status: 'completed', lastStep: 10 }),
    );
    expect(await lackOf('run: "edges"')).toContain('no exposure of run edges is recorded for steps 9 to 10');
    await recorded(skipped([10]));
    expect(await lackOf('run: "edges"')).not.toContain('no exposure');
  });

  it('of a run from a checkpoint that begins neither at step 1 nor after that checkpoint', async () => {
    await recorded(
      started('giver'),
      consumed('giver', 1, 9),
      saved('giver', 'giver@9', 9),
      ...['late', 'following', 'anew'].map((run) => started(run, { parentCheckpointId: 'giver@9' })),
      consumed('late', 500, 502),
      consumed('following', 10, 12),
      consumed('anew', 1, 3),
    );
    expect(await lackOf('run: "late"')).toContain('no exposure of run late is recorded for steps 10 to 499');
    for (const run of ['following', 'anew'])
      expect(await lackOf(`run: "${run}"`)).not.toContain('no exposure');
  });

  it('of the run that another one was forked from, or only of a part of what it inherits', async () => {
    await recorded(
      started('unrecorded'),
      started('heir', { forkedFrom: { runId: 'unrecorded', step: 6 } }),
      consumed('heir', 9, 9),
      started('orphan', { forkedFrom: { runId: 'never', step: 6 } }),
      consumed('orphan', 7, 9),
    );
    expect(await lackOf('run: "heir"')).toContain('no exposure of run unrecorded is counted');
    expect(await lackOf('run: "orphan"')).toContain('no exposure of run never is counted');
    await recorded(consumed('unrecorded', 1, 4));
    expect(await lackOf('run: "heir"')).toContain(
      'no exposure of run unrecorded is recorded for steps 5 to 6',
    );
    expect(await lackOf('run: "heir"')).toContain('no exposure of run heir is recorded for steps 7 to 8');
    await recorded(consumed('unrecorded', 5, 6), consumed('heir', 7, 8));
    expect(await lackOf('run: "heir"')).not.toContain('no exposure');
  });
});

describe('that nothing was obtained in a way', () => {
  const obtained = fact('corpus.attribute.measured', {
    attribute: 'acquisition',
    subjectKind: 'slice',
    instrument: { name: 'somebody' },
    method: 'declared',
    values: [{ ref: 'web', bucket: 'crawled', value: 1 }],
  });

  it('is not said where exposure is missing: of steps, of a parent, of a checkpoint, of what was merged', async () => {
    await recorded(
      obtained,
      started('all'),
      consumed('all', 1, 4),
      started('holed'),
      consumed('holed', 1, 2),
      consumed('holed', 4, 5),
      started('unfed'),
      started('child', { forkedFrom: { runId: 'unfed', step: 6 } }),
      consumed('child', 7, 9),
      started('adopted', { parentCheckpointId: 'nobody@9' }),
      consumed('adopted', 1, 2),
      saved('all', 'all@4', 4, { parents: ['other@1', 'other@2'] }),
      consumed('unstarted', 1, 2),
    );
    const licensed = async (asked: string) => answerTo(await summaryOf(asked), 'licensedData');
    expect(await licensed('run: "all"')).toBe('not_asked');
    const missing = ['holed', 'child', 'adopted', 'all", checkpoint: "all@4', 'unstarted'];
    for (const run of missing) expect([run, await licensed(`run: "${run}"`)]).toEqual([run, 'no_fact']);
  });
});

describe('long and mixed lists', () => {
  it('of more than a thousand names say so, and what the others add up to', async () => {
    const amounts = Array.from({ length: 1_005 }, (_, at) => ({ slice: `s${at}`, amount: at + 1 }));
    const range = { runId: 'many', attempt: 1, firstStep: 1, lastStep: 1, method: 'measured' };
    await recorded(
      fact('training.exposure.recorded', { ...range, unit: 'token', amounts }),
      fact('training.exposure.recorded', { ...range, unit: 'byte', amounts: [{ slice: 's0', amount: 9 }] }),
    );
    const many = await summaryOf('run: "many"');
    const types = many.fields.find(({ name }) => name === 'contentTypes');
    expect(types).toMatchObject({
      statementsTotal: 1_006,
      omitted: [
        { unit: 'token', tokens: 15 },
        { unit: 'byte', amount: 9 },
      ],
    });
    expect(types?.statements).toHaveLength(1_000);
    expect(many.reason).toContain('1000 of 1006 contentTypes are listed');
    expect(many.totals).toMatchObject([
      { unit: 'token', tokens: 505_515 },
      { unit: 'byte', amount: 9 },
    ]);
  });
});

describe('data under several ids', () => {
  it('stay of the dataset that listed them first where that lists them again', async () => {
    const listed = (snapshotId: string) =>
      fact('corpus.members.listed', {
        snapshotId,
        firstIndex: 0,
        members: [{ shardId: 'twice/part', repeats: 1 }],
      });
    const range = { attempt: 1, firstStep: 1, lastStep: 1, unit: 'token', method: 'measured' };
    const amounts = [{ slice: 'web', shardId: 'twice/part', amount: 7 }];
    await recorded(fact('training.exposure.recorded', { ...range, runId: 'twice', amounts }));
    const [first] = await recorded(listed('z@1'));
    await recorded(listed('b@1'));
    await recorded(listed('z@1'));
    const sources = statementsOf(await summaryOf('run: "twice"'), 'dataSources');
    expect(sources).toMatchObject([{ text: 'z@1', evidence: [first] }]);
  });

  it('are of the dataset that lists any of them, and have what is recorded of any of them', async () => {
    const range = { attempt: 1, firstStep: 1, lastStep: 1, unit: 'token', method: 'measured' };
    const amounts = [{ slice: 'web', shardId: 'mirror/part', amount: 7 }];
    const [, , before] = await recorded(
      fact('training.exposure.recorded', { ...range, runId: 'mirrored', amounts }),
      registeredAs('origin/part', { licence: 'MIT' }),
      fact('corpus.members.listed', {
        snapshotId: 'set@1',
        firstIndex: 0,
        members: [{ shardId: 'origin/part', repeats: 1 }],
      }),
    );
    const alias = {
      kind: 'pair',
      address: 'mirror/part',
      other: 'origin/part',
      reason: 'a copy',
      actor: 'ada',
    };
    await recorded(fact('corpus.alias.declared', alias));
    const names = async (asked: string) => {
      const summary = await summaryOf(`run: "mirrored"${asked}`);
      return ['dataSources', 'licences'].map((name) => statementsOf(summary, name).map(({ text }) => text));
    };
    expect(await names('')).toEqual([['set@1'], ['MIT']]);
    expect(await names(`, asOf: "${before}"`)).toEqual([[null], [null]]);
  });
});
