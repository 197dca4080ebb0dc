import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const ended = (runId: string, more: object = {}) =>
  fact('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep: 1, ...more }, runId);

/** Parks a text that the endpoint for events refused. */
async function parked(text: string, code = 'schema_violation', value?: string): Promise<string> {
  const [id = ''] = await server.runtime.deadLetters.park([
    {
      endpoint: 'POST /v1/events',
      contentType: 'application/cloudevents+json',
      bytes: Buffer.from(text, 'latin1'),
      code,
      message: 'must be >= 0',
      pointer: '/data/lastStep',
      ...(value !== undefined && { value }),
    },
  ]);
  return id;
}

const FIELDS =
  'id state code size pointer value explanation seen position text lossy history { actor action outcome reason fixed }';

const shown = async (id: string) =>
  (
    await server.ask<{ deadLetter: object | null }>(
      `query ($id: ID!) { deadLetter(id: $id) { ${FIELDS} } }`,
      { id },
    )
  ).deadLetter;

const replayed = (id: string, fixedText?: string) =>
  server.reply<{ replayDeadLetter: object }>(
    `mutation ($id: ID!, $text: String) { replayDeadLetter(id: $id, fixedText: $text, actor: "mara") { ${FIELDS} } }`,
    { id, text: fixedText },
  );

const discarded = (id: string) =>
  server.reply<{ discardDeadLetter: object }>(
    `mutation ($id: ID!) { discardDeadLetter(id: $id, reason: "a test", actor: "mara") { ${FIELDS} } }`,
    { id },
  );

describe('a dead letter', () => {
  it('is shown with its text and with what to do', async () => {
    const id = await parked('{"a":1}', 'schema_violation', '-1');
    expect(await shown(id)).toEqual({
      id,
      state: 'parked',
      code: 'schema_violation',
      size: 7,
      pointer: '/data/lastStep',
      value: '-1',
      explanation: 'At /data/lastStep (-1): must be >= 0. Fix the text and replay it, or discard it.',
      seen: 1,
      position: null,
      text: '{"a":1}',
      lossy: false,
      history: [],
    });
  });

  it('says where its text differs from its bytes', async () => {
    expect(await shown(await parked('\u00ff{'))).toMatchObject({ text: '\uFFFD{', lossy: true });
  });

  it('goes to the log with a corrected text, once', async () => {
    const text = JSON.stringify(ended('corrected', { lastStep: -1 }));
    const id = await parked(text);
    const { body } = await replayed(id, JSON.stringify(ended('corrected')));
    expect(body.data?.replayDeadLetter).toMatchObject({
      state: 'replayed',
      position: server.runtime.log.head(),
      history: [{ actor: 'mara', action: 'replay', outcome: 'stored', reason: '', fixed: true }],
    });
    expect((await replayed(id)).body.errors).toMatchObject([{ extensions: { code: 'dead_letter_settled' } }]);
  });

  it('stays parked where it is refused again', async () => {
    const id = await parked(JSON.stringify(ended('wrong', { lastStep: -1 })));
    expect((await replayed(id)).body.data?.replayDeadLetter).toMatchObject({
      state: 'parked',
      position: null,
      history: [{ outcome: 'refused', reason: expect.stringContaining('schema_violation'), fixed: false }],
    });
  });

  it('loses its bytes where it is discarded', async () => {
    const id = await parked('{"discarded":1}');
    expect((await discarded(id)).body.data?.discardDeadLetter).toMatchObject({
      state: 'discarded',
      text: null,
      explanation: 'At /data/lastStep: must be >= 0.',
      history: [{ action: 'discard', outcome: 'discarded', reason: 'a test' }],
    });
    expect((await discarded('0'.repeat(32))).body.errors).toMatchObject([
      { extensions: { code: 'dead_letter_unknown' } },
    ]);
  });
});

describe('a list of dead letters', () => {
  const counted = async (filter: string) =>
    (
      await server.ask<{ deadLetters: { totalCount: number; nodes: { text: string | null }[] } }>(
        `{ deadLetters${filter} { totalCount nodes { code state text } counts { parked byCode { code count } } } }`,
      )
    ).deadLetters;

  it('counts those of a state and of a code, and shows no text', async () => {
    for (const text of ['[1', '[2', '[3']) await parked(text, 'invalid_json');
    const ofCode = await counted('(code: "invalid_json")');
    expect(ofCode).toMatchObject({ totalCount: 3 });
    expect(ofCode.nodes.map(({ text }) => text)).toEqual([null, null, null]);
    expect(await counted('(state: replayed)')).toMatchObject({ totalCount: 1 });
    expect(await counted('(state: discarded, code: "invalid_json")')).toMatchObject({ totalCount: 0 });
    const all = await counted('');
    expect(all.totalCount).toBe(all.nodes.length);
  });

  it('is counted in the status too', async () => {
    const { status } = await server.ask<{ status: { deadLetters: object } }>(
      '{ status { deadLetters { parked replayed discarded byCode { code count } bytes } } }',
    );
    expect(status.deadLetters).toMatchObject({
      replayed: 1,
      discarded: 1,
      byCode: expect.arrayContaining([{ code: 'invalid_json', count: 3 }]),
    });
  });
});
