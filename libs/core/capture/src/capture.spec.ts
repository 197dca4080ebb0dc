import { createHash } from 'node:crypto';
import { memoryBlobs, resolveData } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import type { NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { capture } from './capture.ts';
import { CONTENT_LIMITS } from './http/content-limits.ts';
import type { EventLimits } from './http/content-limits.ts';
import { appendFacts, MAX_INLINE_BYTES } from './stored-form.ts';
import type { Mode } from './split.ts';

const NOW = Date.UTC(2026, 10, 24, 12) * 1000;
const clock = () => NOW;

const aStore = () => ({ log: memoryLog({ clock }), blobs: memoryBlobs() });
type TestStore = ReturnType<typeof aStore>;

const ended = (more: object = {}) => ({ runId: 'r', attempt: 1, status: 'completed', lastStep: 1, ...more });
const event = (id: string, data: object | undefined, more: object = {}) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.run.ended',
  ...(data && { data }),
  ...more,
});
const weights = Array.from({ length: 3_000 }, (_, n) => ({ slice: `domain/bucket-${n}`, weight: n / 4 }));
const long = {
  mixtureId: 'm',
  unit: 'unnormalised',
  phases: [{ name: 'all', fromStep: 0, weights }],
  rationale: 'Every bucket of the crawl has its own weight.',
  decidedBy: 'data team',
};
const planned = (id: string, data: object | undefined, more: object = {}) =>
  event(id, data, { type: 'mixture.plan.decided', ...more });
const short = { ...long, phases: [{ name: 'all', fromStep: 0, weights: weights.slice(0, 2) }] };
const longText = canonicalJson(long);
const digest = createHash('sha256').update(longText).digest('hex');
const reference = (sha256: string) => ({ dataref: `urn:sha256:${sha256}`, datadigest: `sha256:${sha256}` });

const send = (store: TestStore, events: readonly unknown[], more: { atomic?: boolean; mode?: Mode } = {}) =>
  capture(store, clock, {
    body: Buffer.from(events.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')),
    mode: 'ndjson',
    atomic: true,
    ...more,
  });

async function stored(store: TestStore) {
  const events = await store.log.read({ after: '0' as never, limit: 100, maxBytes: 1e9 });
  return events.map(({ bytes, parsed }) => ({ event: JSON.parse(Buffer.from(bytes).toString()), parsed }));
}

describe('a fact that is too long for the log', () => {
  it('has its data in a blob, and a reference to it in the log', async () => {
    expect(longText.length).toBeGreaterThan(MAX_INLINE_BYTES);
    const store = aStore();
    expect(await send(store, [planned('1', long)])).toMatchObject({ outcome: 'captured', stored: 1 });
    const [kept] = await stored(store);
    expect(kept).toEqual({
      event: planned('1', undefined, { ...reference(digest), datasize: longText.length }),
      parsed: undefined,
    });
    expect((await store.blobs.read(digest))?.toString()).toBe(longText);
    expect(await resolveData(kept?.event, store.blobs)).toEqual(planned('1', long));
  });

  it('is a duplicate in any spelling, and by its reference', async () => {
    const store = aStore();
    const first = await send(store, [planned('1', long)]);
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(planned('1', long)).toReversed()));
    for (const again of [reordered, planned('1', undefined, reference(digest))])
      expect(await send(store, [again])).toEqual({ ...first, stored: 0, duplicates: 1, storedByType: {} });
  });

  it('conflicts with other data under its id', async () => {
    const store = aStore();
    await send(store, [planned('1', long)]);
    expect(await send(store, [planned('1', { ...long, decidedBy: 'nobody' })])).toMatchObject({
      outcome: 'conflict',
    });
  });

  it('is stored alike when a server derives it', async () => {
    const store = aStore();
    const { stream, ...made } = { ...planned('1', long), stream: 'mixture/m' };
    const bytes = Buffer.from(canonicalJson(made));
    const fact: NewEvent = { ...made, stream, bytes, parsed: made };
    expect(await appendFacts(store, [fact], { atomic: true })).toMatchObject({ stored: 1 });
    expect(await send(store, [made])).toMatchObject({ stored: 0, duplicates: 1 });
  });
});

describe('a fact whose data was stored as a blob before', () => {
  it('is stored as if it had been sent with its data', async () => {
    const store = aStore();
    const { sha256 } = await store.blobs.put(Buffer.from(JSON.stringify(ended(), undefined, 2)));
    expect(await send(store, [event('1', undefined, reference(sha256))])).toMatchObject({ stored: 1 });
    expect((await stored(store))[0]?.event).toEqual(event('1', ended()));
  });

  it.each([
    ['of a digest that is not stored', async () => '0'.repeat(64), 'unknown_blob', '/datadigest'],
    [
      'that is no JSON',
      async ({ blobs }: TestStore) => (await blobs.put(Buffer.from('{'))).sha256,
      'invalid_json',
      '',
    ],
    [
      'that is no object',
      async ({ blobs }: TestStore) => (await blobs.put(Buffer.from('[]'))).sha256,
      'invalid_json',
      '',
    ],
    [
      'that is not UTF-8',
      async ({ blobs }: TestStore) => (await blobs.put(Buffer.from([0xff]))).sha256,
      'invalid_json',
      '',
    ],
    [
      'of more than an event may have',
      async ({ blobs }: TestStore) => (await blobs.put(Buffer.alloc(8_500_000, ' '))).sha256,
      'event_too_large',
      '',
    ],
    [
      'that breaks its schema',
      async ({ blobs }: TestStore) =>
        (await blobs.put(Buffer.from(JSON.stringify(ended({ lastStep: -1 }))))).sha256,
      'schema_violation',
      '/data/lastStep',
    ],
    [
      'that repeats a key',
      async ({ blobs }: TestStore) =>
        (await blobs.put(Buffer.from(JSON.stringify(ended()).replace('{', '{"attempt":1,')))).sha256,
      'duplicate_key',
      '/data/attempt',
    ],
  ])('is refused with data %s', async (_what, put, code, pointer) => {
    const store = aStore();
    expect(await send(store, [event('1', undefined, reference(await put(store)))])).toMatchObject({
      outcome: 'rejected',
      rejected: [{ index: 0, code, pointer, id: '1' }],
    });
  });

  it('is refused with the path to send the data to', async () => {
    const refused = await send(aStore(), [event('1', undefined, reference('0'.repeat(64)))]);
    expect(refused).toMatchObject({
      rejected: [{ message: expect.stringContaining(`PUT its bytes to /v1/blobs/${'0'.repeat(64)}`) }],
    });
  });

  it('must not name two digests and must not be telemetry', async () => {
    const store = aStore();
    const two = { ...reference('0'.repeat(64)), dataref: `urn:sha256:${'1'.repeat(64)}` };
    const steps = event('2', undefined, { ...reference(digest), type: 'training.steps.recorded' });
    for (const one of [event('1', undefined, two), steps])
      expect(await send(store, [one])).toMatchObject({
        rejected: [{ code: 'invalid_envelope', pointer: '/dataref' }],
      });
  });
});

describe('a long batch', () => {
  it('lets others have their turn while it is validated', async () => {
    const store = aStore();
    const events = Array.from({ length: 2_000 }, (_, n) => event(String(n), ended({ runId: `r${n}` })));
    let turns = 0;
    let isDone = false;
    const other = (): void => {
      turns += 1;
      if (!isDone) setImmediate(other);
    };
    setImmediate(other);
    expect(await send(store, events)).toMatchObject({ stored: 2_000 });
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(7);
  });
});

describe('a request that is not atomic', () => {
  it('returns refused events unchanged, with the reason', async () => {
    const store = aStore();
    await send(store, [event('known', ended())]);
    const lines = [
      event('good', ended()),
      '{"torn":',
      event('known', ended({ lastStep: 2 })),
      event('bad', ended({ lastStep: -1 })),
    ];
    const captured = await send(store, lines, { atomic: false });
    expect(captured).toMatchObject({ outcome: 'captured', stored: 1, duplicates: 0 });
    expect(captured.outcome === 'captured' && captured.refused).toMatchObject([
      { index: 1, bytes: Buffer.from('{"torn":'), code: 'invalid_json', pointer: '' },
      {
        index: 2,
        bytes: Buffer.from(JSON.stringify(lines[2])),
        code: 'id_conflict',
        pointer: '/id',
        value: '"known"',
      },
      { index: 3, code: 'schema_violation', pointer: '/data/lastStep', value: '-1' },
    ]);
  });

  it('stores the first of two contents under one id and refuses only the other', async () => {
    const store = aStore();
    const captured = await send(
      store,
      [event('a', ended()), event('b', ended()), event('a', ended({ lastStep: 2 })), event('c', ended())],
      { atomic: false },
    );
    expect(captured).toMatchObject({
      stored: 3,
      items: [{ id: 'a', position: '1' }, { id: 'b' }, { index: 2, id: 'a' }, { id: 'c', position: '3' }],
      refused: [{ index: 2, code: 'id_conflict' }],
    });
  });

  it('returns everything where no event is valid', async () => {
    const captured = await send(aStore(), ['{', '['], { atomic: false });
    expect(captured).toMatchObject({ outcome: 'rejected', refused: [{ index: 0 }, { index: 1 }] });
  });
});

it('names the event whose data was removed for good, and stores nothing of the request', async () => {
  const store = aStore();
  const removed = new Fault('blob_removed', 'content was removed and is not stored again: a secret');
  const blobs = { ...store.blobs, put: () => Promise.reject(removed) };
  const sent = send({ ...store, blobs }, [event('e1', ended()), planned('e2', long)], { atomic: false });
  await expect(sent).rejects.toMatchObject({
    code: 'blob_removed',
    message: expect.stringContaining('of the event e2 was removed'),
  });
  expect(await stored(store)).toEqual([]);
});

it('does not keep what was redacted in the log and is sent again as it was', async () => {
  const store = aStore();
  const sent = (id: string, secret: string) => planned(id, { ...short, rationale: `token ${secret}` });
  await send(store, [sent('scrubbed', '[redacted:listed]'), sent('other', 'mine')]);
  const again = [sent('scrubbed', 'sekret1'), sent('other', 'yours'), sent('new', 'fresh')];
  const captured = await send(store, again, { atomic: false });
  expect(captured).toMatchObject({
    outcome: 'captured',
    stored: 1,
    items: [{ index: 0, id: 'scrubbed' }, { index: 1, id: 'other' }, { id: 'new' }],
    refused: [{ index: 1, code: 'id_conflict' }],
  });
  expect('refused' in captured && captured.refused).toHaveLength(1);
});

it('keeps a conflict with an event that has a placeholder, where more than a secret differs', async () => {
  const store = aStore();
  const sent = (id: string, rationale: string) => planned(id, { ...short, rationale });
  await send(store, [sent('same', 'a [redacted:listed] b'), sent('other', 'a [redacted:listed] b')]);
  const again = [sent('same', 'a [redacted:listed] c'), sent('other', 'c sekret1 b')];
  const captured = await send(store, again, { atomic: false });
  expect(captured).toMatchObject({ refused: [{ index: 0 }, { index: 1 }] });
});

describe('a refusal that met a limit', () => {
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  const step = (config: object) => event('1', { ...COMPLETED, config }, { type: 'corpus.step.completed' });
  const COMPLETED = {
    pipelineId: 'p',
    stepId: 's',
    index: 1,
    name: 'n',
    kind: 'filter',
    inputs: ['a@1'],
    outputs: ['b@1'],
  };
  const messageOf = async (limits: Partial<EventLimits>, config: object) => {
    const captured = await capture({ ...aStore(), limits: { ...CONTENT_LIMITS, ...limits } }, clock, {
      body: Buffer.from(JSON.stringify(step(config))),
      mode: 'structured',
      atomic: true,
    });
    return captured.outcome === 'rejected' ? captured.rejected[0]?.message : captured.outcome;
  };

  it('names the variable that raises it, and none where nothing does', async () => {
    expect(await messageOf({ eventDepth: 8 }, { deep: deep(8) })).toMatch(
      /8 levels.*set TRIBUTARY_EVENT_DEPTH/,
    );
    expect(await messageOf({}, { deep: deep(40) })).toBe(
      'nested deeper than 32 levels; send it flatter or in parts',
    );
    expect(await messageOf({ eventBytes: 500 }, { text: 'x'.repeat(600) })).toContain(
      'TRIBUTARY_EVENT_BYTES',
    );
  });
});
