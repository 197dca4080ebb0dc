import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchDetachedParts } from './detached-parts.ts';

let store: TestStore;
let isAway = false;
let refused = 0;
const WAIT = { timeout: 20_000 };

/** The tables, which do not answer while `isAway`. */
const reader: SqlReader = {
  async all(query, params) {
    if (!isAway) return store.engine.reader.all(query, params);
    refused += 1;
    throw new Fault('clickhouse_unavailable', 'no answer', { retryable: true });
  },
};

beforeAll(async () => {
  store = await openTestStore();
  for (const position of [1, 2])
    await store.engine.command(
      `INSERT INTO tributary.log_event (id_key, source, id, type, stream, hash, _position) VALUES (${position}, 's', 'e', 't', '', '', ${position})`,
    );
  await store.engine.command('CREATE TABLE tributary.of_others (x UInt8) ENGINE = MergeTree ORDER BY x');
  await store.engine.command('INSERT INTO tributary.of_others VALUES (1)');
});
afterAll(() => store.remove());

it('warns of parts of its tables that are set aside, until they are attached, and keeps to that while nobody answers', async () => {
  await store.engine.command('ALTER TABLE tributary.of_others DETACH PARTITION ALL');
  const detached = watchDetachedParts({ reader, interval: 10 });
  expect(detached.warnings()).toEqual([]);
  await store.engine.command('ALTER TABLE tributary.log_event DETACH PARTITION ALL');
  await expect
    .poll(() => detached.warnings(), WAIT)
    .toEqual([
      { code: 'parts_detached', detail: expect.stringMatching(/^\d parts of log_event are set aside: /) },
    ]);
  isAway = true;
  await expect.poll(() => refused, WAIT).toBeGreaterThan(0);
  await store.engine.command('ALTER TABLE tributary.log_event ATTACH PARTITION ALL');
  await expect.poll(() => refused, WAIT).toBeGreaterThan(2);
  expect(detached.warnings()).toHaveLength(1);
  isAway = false;
  await expect.poll(() => detached.warnings(), WAIT).toEqual([]);
  await detached.close();
});
