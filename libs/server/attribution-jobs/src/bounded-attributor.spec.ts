import { Fault, underSignal } from '@tributary/kernel';
import { expect, it } from 'vitest';
import type { Attributor } from './attributor.ts';
import { boundedAttributor } from './bounded-attributor.ts';

const LEFT = new Fault('client_left', 'nobody waits for it');
const REFUSED = { ok: false, refusal: 'none', text: 'none' } as const;

/** Two questions at once and one that waits; a question is answered when the test says so. */
function bounded() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const answer = (name: string): Promise<typeof REFUSED> => {
    begun.push(name);
    return new Promise((resolve) => ends.push(() => resolve(REFUSED)));
  };
  const behind: Attributor = {
    experiments: () => Promise.resolve({ experiments: [], total: 0, start: 0, leftOut: [] }),
    attribute: () => answer('attribute'),
    predict: () => answer('predict'),
    design: () => answer('design'),
  };
  const limits = { attributions: 2, attributionsWaiting: 1 };
  const { attributor, load } = boundedAttributor(behind, { limits });
  return { attributor, load, begun, ends };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('works on as many questions as it may, lets some wait, and refuses the others with what to do', async () => {
  const { attributor, load, begun, ends } = bounded();
  const asked = [
    attributor.attribute({}, [0]),
    attributor.predict('x', [], [0]),
    attributor.design({ capability: 'c', slice: 's' }, [0]),
  ];
  await turn();
  expect([begun, load()]).toEqual([['attribute', 'predict'], { running: 2, waiting: 1 }]);
  const refused = attributor.attribute({}, [0]);
  await expect(refused).rejects.toMatchObject({
    code: 'busy',
    retryable: true,
    met: { limit: 'attributionsWaiting', value: 1, key: 'TRIBUTARY_ATTRIBUTIONS_WAITING' },
  });
  await expect(refused).rejects.toThrow(
    /estimates 2 questions at once, and 1 others wait.*TRIBUTARY_ATTRIBUTIONS or TRIBUTARY_ATTRIBUTIONS_WAITING/,
  );
  expect(await attributor.experiments([0])).toEqual({ experiments: [], total: 0, start: 0, leftOut: [] });
  ends[0]?.();
  await turn();
  expect([begun, load()]).toEqual([['attribute', 'predict', 'design'], { running: 2, waiting: 0 }]);
  for (const end of ends) end();
  await turn();
  ends.at(-1)?.();
  expect(await Promise.all(asked)).toEqual([REFUSED, REFUSED, REFUSED]);
  expect(load()).toEqual({ running: 0, waiting: 0 });
});

it('forgets a question that waits when its client leaves, and takes another one in its place', async () => {
  const { attributor, load, begun, ends } = bounded();
  const running = [attributor.attribute({}, [0]), attributor.attribute({}, [0])];
  const waiting = new AbortController();
  const left = underSignal(waiting.signal, () => attributor.predict('x', [], [0]));
  const outcome = left.catch((error: unknown) => error);
  await turn();
  waiting.abort(LEFT);
  expect(await outcome).toBe(LEFT);
  const next = attributor.design({ capability: 'c', slice: 's' }, [0]);
  await turn();
  expect(load()).toEqual({ running: 2, waiting: 1 });
  for (const end of ends) end();
  await turn();
  ends.at(-1)?.();
  await Promise.all([...running, next]);
  expect(begun).toEqual(['attribute', 'attribute', 'design']);
});
