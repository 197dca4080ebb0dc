import { Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { retry, sleep } from '@tributary/kernel';
import type { RetryPolicy } from '@tributary/kernel';
import { insertHead } from '../encoders.ts';
import type { Block } from '../native/block.ts';
import { execute } from './execute.ts';

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
  policy: RetryPolicy,
): Promise<void> {
  const query = `${insertHead(block, token)} FORMAT Native`;
  const send = (): Promise<string> => {
    const values = Readable.from([block.bytes], { objectMode: false });
    return execute(client, `insert into ${block.table}`, { query, values, clickhouse_settings });
  };
  await retry(send, { ...policy, sleep });
}
