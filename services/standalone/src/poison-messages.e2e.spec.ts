import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_ID, poisonMessage, POISON_MESSAGE_KINDS, poisonedBatch } from './poison-messages.fixture.ts';
import { removeDirectory, runEnded, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
  await server.record(runEnded(KNOWN_ID));
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

type DeadLetterPage = {
  deadLetters: {
    nodes: { id: string; seen: number; explanation: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

async function seenDeadLetters(): Promise<{ parked: number; seen: number }> {
  let after: string | null = null;
  let parked = 0;
  let seen = 0;
  do {
    const { deadLetters }: DeadLetterPage = await server.ask(
      'query ($after: String) { deadLetters(first: 500, after: $after) { nodes { id seen explanation } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    parked += deadLetters.nodes.length;
    for (const each of deadLetters.nodes) seen += each.seen;
    after = deadLetters.pageInfo.hasNextPage ? deadLetters.pageInfo.endCursor : null;
  } while (after !== null);
  return { parked, seen };
}

describe('poison messages', () => {
  it('have at least 40 kinds', () => {
    expect(POISON_MESSAGE_KINDS.length).toBeGreaterThanOrEqual(40);
  });

  it.each(POISON_MESSAGE_KINDS)('are refused, parked unchanged, and explained: %s', async (kind) => {
    const bytes = poisonMessage(kind, 1_000_000_007);
    const reply = await server.send(bytes, { query: '?atomic=false' });
    expect([422, 207]).toContain(reply.status);
    const { errors, receipts }: { errors?: Refused[]; receipts?: Refused[] } = JSON.parse(reply.text);
    const [refused] = errors ?? receipts ?? [];
    expect(refused?.deadLetterId).toMatch(/^[0-9a-f]{32}$/);
    const { deadLetter } = await server.ask<{ deadLetter: object }>(
      'query ($id: ID!) { deadLetter(id: $id) { size explanation text lossy state endpoint } }',
      { id: refused?.deadLetterId },
    );
    expect(deadLetter).toMatchObject({
      size: bytes.length,
      text: bytes.toString('utf8'),
      lossy: !Buffer.from(bytes.toString('utf8')).equals(bytes),
      explanation: expect.stringMatching(/: .+\. .+\.$/s),
      state: 'parked',
      endpoint: 'POST /v1/events',
    });
  });
});

type Refused = { deadLetterId?: string };

it('accounts for each of 20,000 records, of which one in a hundred is a poison message', async () => {
  const before = { events: Number(await server.logEnd()), ...(await seenDeadLetters()) };
  let poisoned = 0;
  for (let first = 0; first < 20_000; first += 2_000) {
    const batch = poisonedBatch(first, 2_000);
    poisoned += batch.poisoned;
    expect((await server.send(batch.body, { query: '?atomic=false' })).status).toBe(207);
  }
  expect(poisoned).toBe(200);
  const after = { events: Number(await server.logEnd()), ...(await seenDeadLetters()) };
  expect(after.events - before.events + (after.seen - before.seen)).toBe(20_000);
  expect(after.parked - before.parked).toBe(200);
  await server.caughtUp();
});
