import { referencedDigest, memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import type { RecordedEvent } from '@tributary/event-log';
import { CONTENT_LIMITS } from '@tributary/capture';
import { START } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { observe } from './observation.ts';
import { recordOpenLineage } from './record.ts';
import type { LineageStore } from './record.ts';

const record = (store: LineageStore, events: readonly Buffer[]) =>
  recordOpenLineage(
    store,
    events.map((raw) => ({ raw, observed: observe(raw) })),
  );

const anEvent = {
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00+01:00',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' },
  job: { namespace: 'ns', name: 'job' },
};

const textOf = (more: object = {}): Buffer => Buffer.from(JSON.stringify({ ...anEvent, ...more }));

const aStore = () => ({ log: memoryLog(), blobs: memoryBlobs() });

const eventsOf = async ({ log }: ReturnType<typeof aStore>): Promise<RecordedEvent[]> =>
  log.read({ after: START, limit: 100, maxBytes: 1e9 });

const jsonOf = (event: RecordedEvent | undefined) =>
  JSON.parse(Buffer.from(event?.bytes ?? '').toString('utf8'));

it('records an event with its time in UTC and its own text inside', async () => {
  const store = aStore();
  const raw = Buffer.from(textOf().toString().replace('{', '{"odd": 1234567890123456789.10, '));
  await record(store, [raw]);
  const [event] = await eventsOf(store);
  expect(Buffer.from(event?.bytes ?? '').toString('utf8')).toContain(raw.toString('utf8'));
  expect(jsonOf(event)).toMatchObject({
    type: 'lineage.run.observed',
    time: '2026-11-24T09:00:00.000000Z',
    data: { kind: 'run', eventType: 'START', eventTime: '2026-11-24T10:00:00+01:00' },
  });
  expect(event?.stream).toBe('lineage/run:41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7');
});

it('recognises an event that is sent again, whatever its key order and white space', async () => {
  const store = aStore();
  const reversed = JSON.stringify(Object.fromEntries(Object.entries(anEvent).toReversed()), null, 2);
  const first = await record(store, [textOf(), Buffer.from(reversed)]);
  const second = await record(store, [Buffer.from(reversed), textOf()]);
  expect([first.stored, second.stored, second.refused]).toEqual([1, 0, []]);
  expect(await eventsOf(store)).toHaveLength(1);
});

it('stores the valid events of a request and gives a pointer and a reason for each invalid one', async () => {
  const store = aStore();
  const requests = [
    textOf(),
    Buffer.from('{"eventTime":'),
    textOf({ run: {} }),
    Buffer.from([0xff]),
    textOf({ eventType: 'FAIL' }),
  ];
  const recorded = await record(store, requests);
  expect(recorded).toMatchObject({ received: 5, stored: 2 });
  expect(recorded.refused.map(({ index, pointer }) => [index, pointer])).toEqual([
    [1, ''],
    [2, '/run/runId'],
    [3, ''],
  ]);
});

it('refuses what has no canonical form instead of failing', async () => {
  const deep = `${'['.repeat(60)}${']'.repeat(60)}`;
  const tooDeep = Buffer.from(textOf().toString().replace('{', `{"deep":${deep},`));
  const lone = Buffer.from(textOf().toString().replace('"job"}', '"\\ud800"}'));
  const { refused } = await record(aStore(), [tooDeep, lone]);
  expect(refused.map(({ message }) => message)).toEqual([
    expect.stringContaining('nested deeper'),
    expect.stringContaining('surrogate'),
  ]);
});

it('stores a long event in a blob and a reference to it in the log', async () => {
  const store = aStore();
  const inputs = Array.from({ length: 6_000 }, (_, index) => ({
    namespace: 's3://bucket',
    name: `shard-${index}`,
  }));
  await record(store, [textOf({ inputs }), textOf({ inputs: inputs.toReversed() })]);
  const [event, other] = await eventsOf(store);
  expect(event?.bytes.length).toBeLessThan(1_000);
  const content = await store.blobs.read(referencedDigest(jsonOf(event)) ?? '');
  expect(JSON.parse(content?.toString('utf8') ?? '')).toMatchObject({
    kind: 'run',
    event: { ...anEvent, inputs },
  });
  expect(other?.id).not.toBe(event?.id);
  const again = JSON.stringify({ inputs, ...anEvent }, null, 1);
  expect(await record(store, [Buffer.from(again)])).toMatchObject({ stored: 0, refused: [] });
});

it('returns the position of each accepted event, also of a duplicate', async () => {
  const store = aStore();
  await record(store, [textOf()]);
  const { positions } = await record(store, [
    textOf({ eventType: 'FAIL' }),
    Buffer.from('{'),
    textOf(),
    textOf({ eventType: 'FAIL' }),
  ]);
  expect([...positions]).toEqual([
    [0, '2'],
    [2, '1'],
    [3, '2'],
  ]);
});

it('gives an event that another process accepted its receipt where this one would refuse it, and stores nothing', async () => {
  const store = aStore();
  const facets = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`k${at}`, [[[[at]]]]]));
  const raw = textOf({ custom: facets });
  const { positions: receipts } = await record(store, [raw]);
  for (const lower of [{ eventKeys: 20 }, { eventDepth: 4 }]) {
    const limits = { ...CONTENT_LIMITS, ...lower };
    const retry = async (text: Buffer) =>
      recordOpenLineage(store, [{ raw: text, observed: observe(text, limits) }]);
    const again = JSON.stringify(JSON.parse(raw.toString('utf8')), null, 2);
    for (const text of [raw, Buffer.from(again)])
      expect(await retry(text)).toMatchObject({ stored: 0, refused: [], positions: receipts });
    const [limit] = Object.keys(lower);
    const other = textOf({ eventType: 'FAIL', custom: facets });
    expect(await retry(other)).toMatchObject({ stored: 0, positions: new Map(), met: { limit } });
  }
  expect(await eventsOf(store)).toHaveLength(1);
});

it('says of a text that is no JSON that it is none, however many colons it has', async () => {
  const raw = Buffer.from(`{"a"${':'.repeat(20_000)}`);
  const recorded = await record(aStore(), [raw]);
  expect([recorded.met, recorded.refused[0]?.message]).toEqual([
    undefined,
    expect.stringContaining('is no JSON event'),
  ]);
});

it('names no variable where none can help: what is deeper than 32 levels has no canonical form', async () => {
  const raw = textOf({ deep: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) });
  const recorded = await record(aStore(), [raw]);
  expect(recorded.met).toMatchObject({ limit: 'eventDepth', value: 32 });
  expect(recorded.refused[0]?.message).not.toContain('TRIBUTARY_');
});
