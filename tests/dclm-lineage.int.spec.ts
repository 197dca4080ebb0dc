import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { importers, readFolder } from '@tributary/importers';
import { lineageProjection, summary } from '@tributary/lineage';
import { aFact, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../../shared/data/dclm-expdb/exp_data');
const isHere = existsSync(folder);

type Facts = Parameters<typeof lineageProjection.project>[0][];

/** Inserts one block per table, because an insert for each of fifteen thousand facts takes minutes. */
async function load(store: TestStore, facts: Facts): Promise<void> {
  for (const table of lineageProjection.tables) {
    const builder = (await store.engine.encoder(`tributary.${table}`)).builder();
    for (const [index, fact] of facts.entries()) {
      const rows = lineageProjection.project(fact, { _position: index + 1, recorded_at: 0 })[table] ?? [];
      if ('columns' in rows) builder.addColumns(rows.columns, rows.count);
    }
    await store.engine.insert({ token: table, block: builder.finish() });
  }
}

describe.skipIf(!isHere)(
  `the experiment registry of DCLM${isHere ? '' : ' (needs shared data dclm-expdb)'}`,
  () => {
    it('gives a graph of 466 nodes, 85 of them stubs, and 412 edges', async () => {
      const dclm = importers.find(({ kind }) => kind === 'dclm');
      const { events = [] } = (await dclm?.read(await readFolder(folder), {})) ?? {};
      const store = await openTestStore();
      await load(
        store,
        events.map(({ type, data, id }) => aFact(type, data, id)),
      );
      const [row] = await store.engine.reader.all(summary, { kinds: [], as_of: [events.length] });
      expect(row).toMatchObject({ nodes: 466, stubs: 85, edges: 412, max_fan_out: 22 });
      await store.remove();
    });
  },
);
