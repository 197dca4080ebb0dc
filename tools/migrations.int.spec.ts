import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../migrations/clickhouse');
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

it.each(files)(
  'runs %s twice without an error, as after a crash before the entry in the ledger',
  async (name) => {
    await expect(store.engine.command(readFileSync(join(folder, name), 'utf8'))).resolves.toBeUndefined();
  },
);
