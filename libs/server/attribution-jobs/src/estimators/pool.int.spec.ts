import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DesignQuestion, Experiment } from '@tributary/attribution';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openEstimators } from './pool.ts';
import type { Estimators } from './pool.ts';

const directory = mkdtempSync(join(tmpdir(), 'estimators-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Answers a design with the thread that it ran on, and hangs where the capability is `hangs`. */
const module = pathToFileURL(join(directory, 'worker.mjs'));
writeFileSync(
  module,
  `import { threadId } from 'node:worker_threads';
export default ({ question: { capability } }) => {
  while (capability === 'hangs');
  return { design: { threadId } };
};`,
);

let estimators: Estimators;
afterEach(() => estimators.close());

const ask = (capability: string): Promise<unknown> =>
  /* The worker of this test reads nothing else. */
  estimators.design({ capability } as DesignQuestion, {} as Experiment);

const OVERDUE = { code: 'estimate_overdue', retryable: true };

describe('an estimate that does not end', () => {
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
