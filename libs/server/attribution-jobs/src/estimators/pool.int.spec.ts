import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { predictionRequests } from '@tributary/attribution';
import type { DesignQuestion, Experiment } from '@tributary/attribution';
import { Fault, underSignal } from '@tributary/kernel';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openEstimators } from './pool.ts';
import type { Estimators } from './pool.ts';

const directory = mkdtempSync(join(tmpdir(), 'estimators-'));
afterAll(() => rmSync(directory, { recursive: true }));

/**
 * Answers a design with the thread that it ran on. Hangs where the capability is `hangs`, after it has made a file, and takes
 * memory without end where it is `grows`.
 */
const module = pathToFileURL(join(directory, 'worker.mjs'));
writeFileSync(
  module,
  `import { writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
export default ({ question: { capability } }) => {
  if (capability === 'hangs') writeFileSync(${JSON.stringify(join(directory, 'hanging'))}, '');
  while (capability === 'hangs');
  const kept = [];
  while (capability === 'grows') kept.push(Array(1_000).fill(kept.length));
  return { design: { threadId } };
};`,
);

let estimators: Estimators;

const ask = (capability: string): Promise<unknown> =>
  /* The worker of this test reads nothing else. */
  estimators.design({ capability } as DesignQuestion, {} as Experiment);

const OVERDUE = {
  code: 'estimate_overdue',
  retryable: true,
  message: expect.stringContaining('within 4 s (TRIBUTARY_ESTIMATE_TIMEOUT_MS)') as string,
};

describe('an estimate that does not end', () => {
  afterEach(() => estimators.close());

  it('is given up after its time, and its worker is replaced', async () => {
    estimators = openEstimators({ millis: 4_000, workers: 1, module });
    const before = await ask('answers');
    await expect(ask('hangs')).rejects.toMatchObject(OVERDUE);
    const after = await ask('answers');
    expect(after).toEqual({ threadId: expect.any(Number) });
    expect(after).not.toEqual(before);
  });

  it('lets nobody wait for its worker without end', async () => {
    estimators = openEstimators({ millis: 4_000, workers: 1, module });
    await ask('answers');
    const asked = [ask('hangs'), ask('answers'), ask('hangs')];
    for (const each of await Promise.allSettled(asked))
      expect(each).toMatchObject({ status: 'rejected', reason: OVERDUE });
    expect(await ask('answers')).toEqual({ threadId: expect.any(Number) });
  });
});

describe('an estimate that needs more memory than a worker has', () => {
  afterEach(() => estimators.close());

  it('is refused with what to do, and its worker is replaced', async () => {
    estimators = openEstimators({ millis: 60_000, workers: 1, heap: 32, module });
    const before = await ask('answers');
    const refused = ask('grows');
    const next = ask('answers');
    await expect(refused).rejects.toMatchObject({
      code: 'estimate_memory',
      retryable: false,
      met: { limit: 'estimateHeap', value: 32, key: 'TRIBUTARY_ESTIMATE_HEAP_MIB' },
      message: expect.stringContaining('more than the 32 MiB') as string,
    });
    expect(await next).not.toEqual(before);
  });
});

describe('an estimate for which nobody waits any more', () => {
  afterEach(async () => {
    await estimators.close();
    rmSync(join(directory, 'hanging'), { force: true });
  });

  const LEFT = new Fault('client_left', 'nobody waits for it');

  it('is ended or withdrawn, and what others ask is answered by the next worker', async () => {
    estimators = openEstimators({ millis: 60_000, workers: 1, module });
    const before = await ask('answers');
    const waiting = new AbortController();
    const left = underSignal(waiting.signal, () => [ask('hangs'), ask('answers'), ask('hangs')]);
    const other = ask('answers');
    const outcomes = Promise.allSettled(left);
    await expect.poll(() => existsSync(join(directory, 'hanging'))).toBe(true);
    waiting.abort(LEFT);
    for (const outcome of await outcomes) expect(outcome).toEqual({ status: 'rejected', reason: LEFT });
    const after = await other;
    expect(after).toEqual({ threadId: expect.any(Number) });
    expect(after).not.toEqual(before);
    await expect(underSignal(waiting.signal, () => ask('answers'))).rejects.toBe(LEFT);
  });
});

const built = join(import.meta.dirname, '../../dist/index.js');

/* A process of its own runs the built worker: threads of this one would load sources. */
const MODELS = `
import { createHash } from 'node:crypto';
const { openEstimators } = await import(process.argv[1]);
const { requests, workers } = JSON.parse(process.argv[2]);
const estimators = openEstimators({ millis: 600_000, workers });
const origin = { experiment: 'e', asOf: [7] };
const models = await Promise.all(requests.map((request) => estimators.model(request, origin)));
console.log(JSON.stringify(models.map((bytes) => createHash('sha256').update(bytes).digest('hex'))));
await estimators.close();`;

it.skipIf(!existsSync(built))(
  'fits the same surface in one thread and in two, to the last bit of its model (needs a build)',
  async () => {
    const shares = Array.from({ length: 16 }, (_, run) => {
      const parts = [(run % 4) + 1, ((run * 5) % 7) + 1, ((run * 3) % 5) + 1];
      const sum = parts.reduce((total, part) => total + part, 0);
      return parts.map((part) => part / sum);
    });
    const mixtures = shares.map((_, run) => `m${run}`);
    const requests = [1, 2, 3].map((bend) => {
      const values = shares.map(([a = 0, b = 0], run) => a + bend * b * b + 0.01 * (run % 3));
      const training = { capability: `c${bend}`, unit: 'u', components: ['a', 'b', 'c'], mixtures, shares };
      return { training: { ...training, values }, targets: [], randomSeed: bend };
    });
    const digestsWith = async (workers: number): Promise<unknown> => {
      const argv = ['--input-type=module', '-e', MODELS, built, JSON.stringify({ requests, workers })];
      const { stdout } = await promisify(execFile)(process.execPath, argv, { env: {} });
      return JSON.parse(stdout);
    };
    const digest = expect.stringMatching(/^[0-9a-f]{64}$/);
    const one = await digestsWith(1);
    expect(one).toEqual([digest, digest, digest]);
    expect(await digestsWith(2)).toEqual(one);
  },
);

/** Prints the whole answers of one request: effects of two capabilities, predictions of both, and a plan. */
const ANSWERS = `
const { openEstimators } = await import(process.argv[1]);
const { experiment, questions, predictions, design, workers } = JSON.parse(process.argv[2]);
const estimators = openEstimators({ millis: 600_000, workers });
const answers = await Promise.all([
  estimators.attribute(questions, experiment),
  ...predictions.map((request) => estimators.predict(request)),
  estimators.design(design, experiment),
]);
process.stdout.write(JSON.stringify(answers));
await estimators.close();`;

const SLICES = ['code', 'math', 'web'];

/** Two arms with seeds of their own, and a swarm of twelve mixtures; two capabilities with items of noise. */
function anExperiment(): Experiment {
  const noise = (at: number) => ((at * 7919) % 101) / 2000;
  const arms = ['full', 'wo_code'].map((arm) => ({ arm, design: 'controlled_ablation' as const }));
  const mixtures = Array.from({ length: 12 }, (_, at) => ({ arm: `s${at}`, design: 'swarm' as const }));
  const sharesOf = (arm: string, at: number): number[] => {
    if (arm === 'full') return [0.3, 0.2, 0.5];
    if (arm === 'wo_code') return [0, 2 / 7, 5 / 7];
    const parts = [((at * 5) % 7) + 0.5, ((at * 3) % 5) + 0.5, (at % 4) + 1];
    return parts.map((part) => part / parts.reduce((total, one) => total + one, 0));
  };
  const seedsOf = (design: string) => (design === 'swarm' ? [1] : [1, 2, 3, 4]);
  const runs = [...arms, ...mixtures].flatMap(({ arm, design }, at) =>
    seedsOf(design).map((seed) => {
      const shares = sharesOf(arm, at);
      const score = (slope: number, index: number) => ({
        value: slope * shares[0]! + shares[1]! ** 2 + noise(10 * at + seed + 31 * index),
        unit: 'accuracy',
        higherIsBetter: true,
        step: 100,
      });
      return {
        runId: `${arm}-${seed}`,
        arm,
        mixtureId: arm,
        seed: `${arm}-${seed}`,
        status: 'completed' as const,
        shares: Object.fromEntries(SLICES.map((slice, j) => [slice, shares[j]!])),
        total: 1e9,
        unit: 'token',
        method: 'measured',
        scores: { reasoning: score(0.4, 0), programming: score(-0.6, 1) },
        evidence: [`${arm}-${seed}`],
      };
    }),
  );
  const assigned = { assignment: 'randomised' as const, randomisationSeed: '7', role: 'train' as const };
  return {
    name: 'threads',
    arms: [...arms, ...mixtures].map((one) => ({
      ...one,
      ...assigned,
      mixtureId: one.arm,
      control: one.arm === 'full',
    })),
    runs,
  };
}

it.skipIf(!existsSync(built))(
  'gives the same bytes of a whole answer on one thread and on two (needs a build)',
  async () => {
    const experiment = anExperiment();
    const asked = ['reasoning', 'programming'].flatMap((capability) =>
      SLICES.map((slice) => ({ capability, slice, displacement: 'proportional' })),
    );
    const targets = [{ mixture: 'even', shares: { code: 1, math: 1, web: 1 } }];
    const predictions = predictionRequests(experiment, targets);
    const design = { ...asked[0]!, runs: 2 };
    const answersWith = async (workers: number): Promise<string> => {
      const request = JSON.stringify({ experiment, questions: asked, predictions, design, workers });
      const argv = ['--input-type=module', '-e', ANSWERS, built, request];
      const { stdout } = await promisify(execFile)(process.execPath, argv, { env: {}, maxBuffer: 1e8 });
      return stdout;
    };
    const one = await answersWith(1);
    const [effects, ...others]: unknown[] = JSON.parse(one);
    expect(effects).toHaveLength(asked.length);
    expect(effects).toMatchObject(
      asked.map(({ slice, capability }) =>
        expect.arrayContaining([
          expect.objectContaining({ estimand: expect.objectContaining({ slice, capability }) }),
        ]),
      ),
    );
    expect(JSON.stringify(effects)).toContain('response_surface.gaussian_process');
    expect(others).toHaveLength(3);
    expect(await answersWith(2)).toBe(one);
  },
);
