import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { parseError, type ClickHouseClient } from '@clickhouse/client';
import { Fault } from '@tributary/kernel';
import { withServerFaults } from './server-fault.ts';

/** Statuses of proxies and of servers that are busy or starting. Others without a code of the server are final. */
const RETRYABLE_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

type Statement = {
  readonly query: string;
  readonly values?: Readable;
  readonly clickhouse_settings?: Record<string, string | number>;
};

/** Sends a statement and reads its answer to the end: an answer that breaks off is no answer. */
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
    throw new Fault('not_clickhouse', `${subject}: HTTP ${status} without a code of the server: ${advice}`);
  });
}
