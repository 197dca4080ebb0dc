import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { routingProjection } from './projection.ts';
import { loads } from './queries.ts';

const observed = (domain: string, layer: number, counts: number[]) =>
  aFact('routing.load.observed', {
    checkpointId: 'c',
    probeSet: 'p',
    domain,
    layer,
    topK: 2,
    choice: 'all',
    counts,
    method: 'measured',
    coActivation: { variant: 'unordered', pairs: [{ first: 0, second: 1, count: 3 }] },
  });

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, routingProjection, [
    observed('code', 2, [1, 0, 5]),
    observed('code', 10, [2, 2, 2]),
    observed('web', 2, [9, 0, 0]),
    observed('code', 2, [3, 0, 3]),
  ]);
});
afterAll(() => runtime.remove());

const ask = (more: { after?: string; first?: number; as_of?: number[]; domain?: string }) =>
  runtime.engine.reader.all(loads, {
    checkpoint_id: 'c',
    probe_set: null,
    domain: null,
    after: '',
    first: 10,
    as_of: [4],
    ...more,
  });

it('gives the newest counts of each layer in order, with the idle experts', async () => {
  expect(await ask({})).toMatchObject([
    { domain: 'code', layer: 2, counts: [3, 0, 3], evidence: 4, tokens: null, step: null },
    { domain: 'code', layer: 10, counts: [2, 2, 2], pairs: [{ first: 0, second: 1, count: 3 }] },
    { domain: 'web', layer: 2, counts: [9, 0, 0] },
  ]);
});

it('gives the counts as of a position', async () => {
  expect(await ask({ as_of: [1] })).toMatchObject([{ counts: [1, 0, 5], evidence: 1 }]);
});

it('continues after a key without repetition', async () => {
  const first = await ask({ first: 2 });
  const rest = await ask({ after: first.at(-1)?.page_key ?? '' });
  expect([...first, ...rest]).toEqual(await ask({}));
  expect(await ask({ domain: 'web' })).toHaveLength(1);
});
