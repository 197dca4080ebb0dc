import { expect, it } from 'vitest';
import { append, batched } from './append.ts';
import type { Posted, RefusedEvent } from './server/post-events.ts';

const silent = { step: () => undefined, note: () => undefined };
const lines = (...texts: string[]) =>
  texts.map((text, index) => ({ text, source: `log.ndjson:${index + 1}` }));

/** Stores each line once, and refuses a whole batch for each bad line in it, as the server does. */
function serverOf(known: Set<string>) {
  return (batch: readonly string[]): Promise<Posted> => {
    const errors = batch.flatMap((text, index): RefusedEvent[] =>
      text.includes('bad')
        ? [{ index, pointer: '/data/value', message: 'must be number', value: '"x"' }]
        : [],
    );
    if (errors.length > 0) return Promise.resolve({ ok: false, detail: 'refused', errors });
    const fresh = batch.filter((text) => !known.has(text));
    for (const text of fresh) known.add(text);
    const storedByType = fresh.length > 0 ? { note: fresh.length } : {};
    return Promise.resolve({
      ok: true,
      stored: fresh.length,
      duplicates: batch.length - fresh.length,
      storedByType,
    });
  };
}

it('appends everything once and counts the rest as duplicates', async () => {
  const known = new Set<string>();
  expect(await append(lines('a', 'b'), serverOf(known), silent)).toEqual({
    appended: 2,
    duplicates: 0,
    byType: { note: 2 },
    rejected: [],
  });
  expect(await append(lines('a', 'b'), serverOf(known), silent)).toMatchObject({
    appended: 0,
    duplicates: 2,
    byType: {},
  });
});

it('leaves out what the server refuses, says where it comes from, and appends the others', async () => {
  const outcome = await append(lines('a', 'bad', 'b'), serverOf(new Set()), silent);
  expect(outcome).toMatchObject({
    appended: 2,
    rejected: [{ source: 'log.ndjson:2', pointer: '/data/value', reason: 'must be number (found "x")' }],
  });
});

it('stops where the server refuses a batch and names no event', async () => {
  const post = () => Promise.resolve({ ok: false as const, detail: 'disk full', errors: [] });
  await expect(append(lines('a'), post, silent)).rejects.toThrow('disk full');
});

it('makes batches of at most a thousand events and a megabyte, and one of each larger event', async () => {
  const sizes = async (texts: string[]) => {
    const batches = [];
    for await (const batch of batched(lines(...texts))) batches.push(batch.length);
    return batches;
  };
  expect(await sizes(Array.from({ length: 2500 }, (_value, index) => String(index)))).toEqual([
    1000, 1000, 500,
  ]);
  const large = 'x'.repeat(400_000);
  expect(await sizes([large, large, large, 'x'.repeat(2_000_000), 'a'])).toEqual([2, 1, 1, 1]);
  expect(await sizes([])).toEqual([]);
});
