import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { runByPrefix } from './find-by-prefix.ts';

let server: Server | undefined;
afterEach(() => server?.close());

type Asked = {
  readonly query: string;
  readonly variables: { readonly prefix: string; readonly asOf?: string };
};

/** A server whose tables hold none of the runs up to position 4, and all of them at the position 5 of the log. */
async function behind(...ids: readonly string[]): Promise<string> {
  const answerTo = ({ query, variables }: Asked): object => {
    if (query.startsWith('query Status')) return { status: { lag: 1, log: { position: '5' } } };
    const listed = ids.filter((id) => variables.asOf === '5' && id.startsWith(variables.prefix));
    return { runs: { nodes: listed.map((id) => ({ id })) } };
  };
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: Asked = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      response.end(JSON.stringify({ data: answerTo(asked) }));
    });
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('finds a run that is in the log and not in the tables yet', async () => {
  expect(await runByPrefix(await behind('my-run'), 'my-')).toBe('my-run');
});

it('prefers an exact id, and refuses a prefix of several', async () => {
  expect(await runByPrefix(await behind('a', 'a-2'), 'a')).toBe('a');
  await expect(runByPrefix(await behind('a-1', 'a-2'), 'a-')).rejects.toThrow(
    'several runs start with a-: a-1, a-2',
  );
});

it('asks for the text itself where no id starts with it, as of a position or not', async () => {
  const url = await behind('other');
  expect(await runByPrefix(url, 'scored')).toBe('scored');
  expect(await runByPrefix(url, 'oth', '4')).toBe('oth');
});
