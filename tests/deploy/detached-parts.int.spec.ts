import type { SqlReader } from '@tributary/kernel';
import { findDetachedParts } from '@tributary/projection';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCluster } from '../../libs/adapters/clickhouse/src/cluster.fixture.ts';

let cluster: Awaited<ReturnType<typeof openCluster>>;
beforeAll(async () => {
  cluster = await openCluster();
});
afterAll(() => cluster.close());

const reader: SqlReader = {
  async all({ sql, row }) {
    const lines = (await cluster.text(sql, 'JSONEachRow')).split('\n').filter((line) => line !== '');
    return lines.map((line) => row.parse(JSON.parse(line)));
  },
};

it('finds what each server of a cluster has set aside of its part of a table', async () => {
  await cluster.text('CREATE DATABASE tributary');
  await cluster.text('CREATE TABLE tributary.training_step_local (x UInt8) ENGINE = MergeTree ORDER BY x');
  await cluster.text('INSERT INTO tributary.training_step_local VALUES (1)');
  const tables = new Set(['training_step', 'log_event']);
  expect(await findDetachedParts(reader, tables, 'main')).toEqual([]);
  await cluster.text('ALTER TABLE tributary.training_step_local DETACH PARTITION ALL');
  /* Both servers of this cluster have one address, which is asked once. */
  expect(await findDetachedParts(reader, tables, 'main')).toEqual([
    { code: 'parts_detached', detail: '1 parts of training_step are set aside' },
  ]);
});
