import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
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
