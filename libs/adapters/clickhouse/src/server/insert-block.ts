import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { insertHead } from '../encoders.ts';
import type { Block } from '../native/block.ts';
import { exchange } from './exchange.ts';

/** Milliseconds to wait before each further try. */
export type Patience = readonly number[];

/** Views drop what comes again too; servers before 26 leave that off. */
const clickhouse_settings = { deduplicate_blocks_in_dependent_materialized_views: 1 };

/**
 * Sends one block: the statement in the address, the bytes as the body. A lost answer leaves open
 * whether the block landed, so every try carries the same token.
 */
export async function insertBlock(
  client: ClickHouseClient,
  block: Block,
  token: string,
  pauses: Patience,
): Promise<void> {
  const [pause, ...later] = pauses;
  const query = `${insertHead(block, token)} FORMAT Native`;
  const values = Readable.from([block.bytes], { objectMode: false });
  try {
    await exchange(client, `insert into ${block.table}`, { query, values, clickhouse_settings });
  } catch (fault) {
    if (pause === undefined || !(fault instanceof Fault) || !fault.retryable) throw fault;
    await setTimeout(pause);
    await insertBlock(client, block, token, later);
  }
}
