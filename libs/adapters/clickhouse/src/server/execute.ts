import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { parseError, type ClickHouseClient } from '@clickhouse/client';
import { Fault, retry, sleep, untilAborted } from '@tributary/kernel';
import type { RetryPolicy } from '@tributary/kernel';
import { insertHead } from '../encoders.ts';
import type { Insert } from '../engine.ts';
import type { Block } from '../native/block.ts';
import { withServerFaults } from './server-fault.ts';

/** HTTP statuses of proxies and of servers that are busy or starting. */
const RETRYABLE_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

type Statement = {
  readonly query: string;
  readonly values?: Readable;
};

/** Sends a statement and reads the whole response. A response that breaks off is an error. */
export function execute(client: ClickHouseClient, subject: string, statement: Statement): Promise<string> {
  return withServerFaults(subject, async () => {
    const answer = await client.exec({ ...statement, ignore_error_response: true });
    const body = await text(answer.stream);
    const status = answer.http_status_code ?? 200;
    const failed = answer.response_headers['x-clickhouse-exception-code'] !== undefined;
    if (status < 300 && !failed) return body;
    const error = parseError(body);
    if (failed || 'code' in error || RETRYABLE_STATUSES.has(status)) throw error;
    const advice = 'check that the address is the HTTP interface of a ClickHouse server';
    throw new Fault(
      'not_clickhouse',
      `${subject}: HTTP ${status} without a ClickHouse error code: ${advice}`,
    );
  });
}

/**
 * Inserts one block: the statement is in the URL, the bytes are the body. If an answer is lost, the block may have been
 * inserted, so every attempt has the same token. The lease is checked right before each one: a process that stood still makes
 * no other one once it has lost it, because by then the server may have forgotten the token. Before a repetition the lease is
 * confirmed too: the clocks may have stood still with the process. What these throw is thrown on at once, also where it is retryable: it would throw it again, and others wait for the connection.
 */
export async function insertBlock(
  client: ClickHouseClient,
  block: Block,
  { token, lease }: Pick<Insert, 'token' | 'lease'>,
  policy: RetryPolicy,
): Promise<void> {
  const query = `${insertHead(block, token)} FORMAT Native`;
  const send = (): Promise<string> => {
    const values = Readable.from([block.bytes], { objectMode: false });
    return execute(client, `insert into ${block.table}`, { query, values });
  };
  const pause = async (millis: number, signal?: AbortSignal): Promise<void> => {
    await sleep(millis, signal);
    await untilAborted(Promise.resolve(lease?.confirm?.()), lease?.lost);
    lease?.check();
  };
  lease?.check();
  await retry(send, { ...policy, sleep: pause, ...(lease && { signal: lease.lost }) });
}
