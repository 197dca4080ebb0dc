import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  fact,
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../services/standalone/src/server-under-test.fixture.ts';
import type { Diff } from '../services/cli/src/commands/diff.ts';
import { run } from '../services/cli/src/program.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/answers/diff.json'), 'utf8'));
const directory = temporaryDirectory();
let server: ServerUnderTest;
let runs: Diff;

/** Longer than a fact in the log may be, so its data is a blob. */
const LONG = 'x'.repeat(70_000);

const started = (runId: string, config: object, more: object = {}) =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, seeds: {}, config, ...more });
const score = (runId: string, step: number, value: number, more: object = {}) =>
  fact('evaluation.score.recorded', {
    runId,
    checkpointId: `${runId}@${step}`,
    step,
    capability: 'math',
    benchmark: 'gsm8k',
    metric: 'exact_match',
    shots: 5,
    harness: { name: 'lm-evaluation-harness' },
    value,
    unit: 'accuracy',
    higherIsBetter: true,
    method: 'reported',
    ...more,
  });
const mixture = (mixtureId: string, code: number, decidedBy: string) =>
  fact('mixture.plan.decided', {
    mixtureId,
    unit: 'token_share',
    phases: [
      {
        name: 'main',
        fromStep: 0,
        weights: [
          { slice: 'code', weight: code },
          { slice: 'web', weight: 1 - code },
        ],
      },
    ],
    rationale: 'Tried.',
    decidedBy,
  });
const curriculum = (mixtureId: string, annealsAt: number) =>
  fact('mixture.plan.decided', {
    mixtureId,
    unit: 'token_share',
    phases: [0, 100, annealsAt].map((fromStep) => ({
      name: fromStep === annealsAt ? 'anneal' : 'main',
      fromStep,
      weights: [{ slice: 'web', weight: 1 }],
    })),
    rationale: 'Tried.',
    decidedBy: 'ann',
  });
const snapshot = (snapshotId: string, shards: readonly string[]) => [
  fact('corpus.snapshot.registered', {
    snapshotId,
    sources: [{ kind: 'unknown', ref: '', multiplicity: 1 }],
  }),
  fact('corpus.members.listed', {
    snapshotId,
    firstIndex: 0,
    members: shards.map((shardId) => ({ shardId, repeats: 1 })),
  }),
];
const SHARDS = Array.from({ length: 1_500 }, (_, index) => `shard-${index}`);

beforeAll(async () => {
  server = await startServer(directory);
  await server.record(
    started('run-a', { rate: 0.1, note: LONG, layers: [1, 2] }, { mixtureId: 'mix-a' }),
    started('run-b', { rate: 0.2, note: LONG, layers: [1, 3], extra: true }, { mixtureId: 'mix-b' }),
    score('run-a', 100, 0.1),
    score('run-a', 200, 0.25),
    score('run-b', 200, 0.5),
    score('run-b', 200, 0.75, { shots: 8 }),
    score('run-b', 200, 0.9, { harness: { name: 'olmes', version: '0.1' } }),
    started('fork', { rate: 0.3 }, { forkedFrom: { runId: 'run-a', step: 100 } }),
    started('imported', { rate: 0.9 }, { attempt: 2 }),
    started('imported', { rate: 0.4 }),
    started('resumed', { rate: 0.1 }),
    ...Array.from({ length: 24 }, (_, at) => score('resumed', at, 0.1)),
    started('resumed', { rate: 0.7 }, { attempt: 2 }),
    score('run-a', 200, 0.3, { benchmark: 'a b', metric: 'c' }),
    score('run-b', 200, 0.4, { benchmark: 'a', metric: 'b c' }),
    mixture('mix-a', 0.25, 'ann'),
    mixture('mix-b', 0.5, 'ann'),
    curriculum('early', 1_000),
    curriculum('late', 9_000),
    ...snapshot('web@v1', SHARDS.slice(0, -1)),
    ...snapshot('web@v2', SHARDS.slice(1)),
  );
  await server.caughtUp();
  runs = await diff('run-a', 'run-b');
});
afterAll(async () => {
  await server?.end('SIGKILL');
  removeDirectory(directory);
});

async function tributary(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(['node', 'tributary', ...words, '--url', server.url], {
    print: (text) => void out.push(text),
    report: (text) => void err.push(text),
    interactive: false,
    directory,
    environment: {},
    onSignal: () => undefined,
    exitNow: () => undefined,
  });
  return { code, out: out.join(''), err: err.join('') };
}

async function diff(...words: string[]): Promise<Diff> {
  const { out, err } = await tributary('diff', ...words, '--json');
  expect(err).toBe('');
  const answer: unknown = JSON.parse(out);
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  expect(check(answer) ? undefined : check.errors).toBeUndefined();
  return answer as Diff;
}
const changes = ({ sections }: Diff, name: string) =>
  sections
    .find((section) => section.name === name)
    ?.changes.map(({ key, first, second }) => [key, first, second]);

it('names every value in which the configurations of two runs differ, also where they are long', () => {
  expect(runs).toMatchObject({ kind: 'run', first: 'run-a', second: 'run-b' });
  expect(changes(runs, 'configuration')).toEqual([
    ['/config/layers/1', 2, 3],
    ['/config/rate', 0.1, 0.2],
    ['/mixtureId', 'mix-a', 'mix-b'],
    ['/config/extra', null, true],
  ]);
  expect(runs.sections.find(({ name }) => name === 'configuration')?.equal).toBe(3);
});

it('compares the last score of each measure, and leaves alone what cannot be compared', () => {
  expect(changes(runs, 'scores')).toEqual([
    ['math: "a b" c (accuracy), harness lm-evaluation-harness, shots 5', 0.3, null],
    ['math: gsm8k exact_match (accuracy), harness lm-evaluation-harness, shots 5', 0.25, 0.5],
    ['math: a "b c" (accuracy), harness lm-evaluation-harness, shots 5', null, 0.4],
    ['math: gsm8k exact_match (accuracy), harness "olmes 0.1", shots 5', null, 0.9],
    ['math: gsm8k exact_match (accuracy), harness lm-evaluation-harness, shots 8', null, 0.75],
  ]);
});

it('compares the configuration of a run itself, and not that of a run that was forked from it', async () => {
  expect(changes(await diff('run-a', 'fork'), 'configuration')).toContainEqual(['/config/rate', 0.1, 0.3]);
});

it('compares the configuration of the newest attempt, in whatever order the attempts were recorded', async () => {
  expect(changes(await diff('run-a', 'imported'), 'configuration')).toContainEqual([
    '/config/rate',
    0.1,
    0.9,
  ]);
});

it('says that the start of the newest attempt is not among the first events of a run', async () => {
  const { complete, reason, ...rest } = await diff('run-a', 'resumed');
  expect(changes({ complete, reason, ...rest }, 'configuration')).not.toContainEqual([
    '/config/rate',
    0.1,
    0.7,
  ]);
  expect(complete).toBe(false);
  expect(reason).toMatch(/attempt 2 is not among its first \d+ events, so .* attempt 1/);
});

it('says that two runs of which nothing is recorded cannot be compared by what they consumed', () => {
  const { complete, reason } = runs;
  expect(complete).toBe(false);
  expect(reason).toMatch(/exposure|recorded/);
});

it('compares the shares of two mixtures by phase, and who decided them', async () => {
  const found = await diff('mix-a', 'mix-b');
  expect(found).toMatchObject({ kind: 'mixture', complete: true });
  expect(changes(found, 'facts')).toEqual([]);
  expect(changes(found, 'weights')).toEqual([
    ['main: code', 0.25, 0.5],
    ['main: web', 0.75, 0.5],
  ]);
});

it('compares where the phases of two mixtures begin, and tells phases of one name apart', async () => {
  const found = await diff('early', 'late');
  expect(changes(found, 'facts')).toEqual([['phase anneal: from step', 1_000, 9_000]]);
  expect(changes(found, 'weights')).toEqual([]);
  expect(found.sections.find(({ name }) => name === 'weights')?.equal).toBe(3);
});

it('compares the tokens that two mixtures would consume by a horizon, by slice and by a part of it', async () => {
  const found = await diff('mix-a', 'mix-b', '--tokens', '1001');
  expect(changes(found, 'tokens')).toEqual([
    ['code', 250, 501],
    ['web', 751, 500],
  ]);
  expect(found).toMatchObject({ complete: false, reason: expect.stringContaining('no shard of code') });
  const licences = await diff('mix-a', 'mix-b', '--tokens', '1000', '--by', 'licence');
  expect(changes(licences, 'tokens')).toEqual([
    ['code: (unknown)', 250, 500],
    ['web: (unknown)', 750, 500],
  ]);
  const { code, err } = await tributary('diff', 'run-a', 'run-b', '--tokens', '5');
  expect([code, err]).toEqual([2, expect.stringContaining('--tokens is a horizon of mixtures')]);
});

it('compares the shards of two snapshots, of which there are several pages', async () => {
  const found = await diff('snapshot:web@v1', 'snapshot:web@v2');
  expect(changes(found, 'shards')).toEqual([
    ['shard-0', 1, null],
    ['shard-1499', null, 1],
  ]);
  expect(found.sections.find(({ name }) => name === 'shards')?.equal).toBe(1_498);
});

it('gives the same answer again as of its position, after more was recorded', async () => {
  await server.record(score('run-a', 300, 0.9));
  await server.caughtUp();
  expect(await diff('run-a', 'run-b', '--at', runs.asOf.position)).toEqual(runs);
  expect(changes(await diff('run-a', 'run-b'), 'scores')).toContainEqual([
    'math: gsm8k exact_match (accuracy), harness lm-evaluation-harness, shots 5',
    0.9,
    0.5,
  ]);
});

it('refuses two things of different kinds, and says what can be compared', async () => {
  const { code, err } = await tributary('diff', 'run-a', 'mix-a');
  expect(code).toBe(2);
  expect(err).toContain('give two runs, two mixtures or two snapshots');
});
