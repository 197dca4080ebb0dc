import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { drainStream, type ClickHouseClient } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { insertHead } from '../encoders.ts';
import type { Block } from '../native/block.ts';
import { asked } from './server-fault.ts';

/** Milliseconds to wait before each further try. */
export type Patience = readonly number[];

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
  try {
    await asked(`insert into ${block.table}`, () => send(client, block, token));
  } catch (fault) {
    if (pause === undefined || !(fault instanceof Fault) || !fault.retryable) throw fault;
    await setTimeout(pause);
    await insertBlock(client, block, token, later);
  }
}

async function send(client: ClickHouseClient, block: Block, token: string): Promise<void> {
  const values = Readable.from([block.bytes], { objectMode: false });
  const { stream } = await client.exec({ query: `${insertHead(block, token)} FORMAT Native`, values });
  await drainStream(stream);
}
