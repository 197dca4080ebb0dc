import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Spool } from './spool.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-spool-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function allOf<Item>(spool: Spool<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of spool.items()) items.push(item);
  return items;
}

describe('a list on disk', () => {
  it('gives back what was added, in its order, as often as it is asked', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text, row: fc.nat() })), async (items) => {
        const spool = await Spool.open(folder);
        for (const item of items) await spool.add(item);
        expect(await allOf(spool)).toEqual(items);
        expect(await allOf(spool)).toEqual(items);
        await spool.close();
      }),
      { numRuns: 50 },
    );
  });

  it('gives back more than is kept in memory', async () => {
    const spool = await Spool.open<string>(folder);
    const items = Array.from({ length: 3_000 }, (_, row) => `${row} `.repeat(100));
    for (const item of items) await spool.add(item);
    expect(await allOf(spool)).toEqual(items);
    await spool.close();
  });

  it('leaves nothing in the folder, also while it is open', async () => {
    const spool = await Spool.open<string>(folder);
    await spool.add('a'.repeat(1_000_000));
    expect(readdirSync(folder)).toEqual([]);
    await spool.close();
  });

  it('says where there is no room and what to do', async () => {
    await expect(Spool.open(join(folder, 'missing'))).rejects.toMatchObject({
      code: 'spool_failed',
      message: expect.stringMatching(/missing.*TMPDIR/),
    });
  });
});
