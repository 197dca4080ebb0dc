import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../migrations/clickhouse');
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));

let spine: TestStore;
beforeAll(async () => {
  spine = await openTestStore();
});
afterAll(() => spine.remove());

it.each(files)(
  'runs %s a second time without complaint, as after a crash before the ledger',
  async (name) => {
    await expect(spine.engine.command(readFileSync(join(folder, name), 'utf8'))).resolves.toBeUndefined();
  },
);
