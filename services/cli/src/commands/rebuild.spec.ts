import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { rebuilt } from './rebuild.ts';

const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** A server that gives these replies, one after the other. */
async function server(replies: object[]): Promise<string> {
  const listening = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(replies.shift()));
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  opened.push(() => listening.close());
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

const refusal = (code: string) => ({ errors: [{ message: `it is ${code}`, extensions: { code } }] });
const outcome = { equal: true, exchanged: true, position: '7', tables: [], divergence: null };
const variables = { verify: false, acceptMissing: false };

it('asks again for a rebuild that goes on, until it has ended', async () => {
  const replies = [refusal('rebuild_running'), refusal('rebuild_running'), { data: { rebuild: outcome } }];
  expect(await rebuilt(await server(replies), variables)).toEqual(outcome);
  expect(replies).toEqual([]);
});

it('ends with any other refusal', async () => {
  const url = await server([refusal('rebuild_running'), refusal('rebuild_would_lose')]);
  await expect(rebuilt(url, variables)).rejects.toThrow('it is rebuild_would_lose');
});
