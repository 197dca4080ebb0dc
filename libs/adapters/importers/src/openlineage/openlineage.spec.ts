import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { importers } from '../importers.ts';
import { readFolder } from '../files/read-folder.ts';
import { recognise } from '../recognise.ts';
import { openlineage } from './openlineage.ts';

const event = (more: object = {}) => ({
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00+01:00',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
  run: { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' },
  job: { namespace: 'ns', name: 'job' },
  ...more,
});

const read = async (content: string | Uint8Array, name = 'events.json') => {
  const folder = folderOf('f', { [name]: content });
  const [match] = await openlineage.detect(folder);
  return { confidence: match?.confidence, ...(await openlineage.read(folder, {})) };
};

it('reads one event with its time', async () => {
  const { confidence, events } = await read(JSON.stringify(event(), null, 2));
  expect(confidence).toBeGreaterThan(0.9);
  expect(events).toMatchObject([
    {
      type: 'lineage.run.observed',
      time: '2026-11-24T09:00:00.000000Z',
      data: { kind: 'run', event: event() },
    },
  ]);
  expect(checkFact('lineage.run.observed', events[0]?.data)).toBeUndefined();
});

it.each([
  ['an array', JSON.stringify([event(), event({ eventType: 'COMPLETE' })]), ['/0', '/1']],
  [
    'lines',
    `\uFEFF${JSON.stringify(event())}\r\n\r\n${JSON.stringify(event({ eventType: 'FAIL' }))}\r\n`,
    ['line:1', 'line:3'],
  ],
])('reads %s of events with the location of each', async (_what, text, pointers) => {
  const { events, rejected } = await read(text);
  expect(events.map(({ importedpointer }) => importedpointer)).toEqual(pointers);
  expect(rejected).toEqual([]);
});

it('yields equal events for equal bytes', async () => {
  const text = JSON.stringify([event()]);
  expect((await read(text)).events).toEqual((await read(text)).events);
});

it('rejects each invalid line with the reason, and reads the others', async () => {
  const lines = [JSON.stringify(event()), '{"cut', JSON.stringify(event({ run: {} }))].join('\n');
  const { events, rejected } = await read(lines, 'events.ndjson');
  expect(events).toHaveLength(1);
  expect(rejected).toMatchObject([
    { source: 'events.ndjson:line:2', reason: expect.stringContaining('not valid JSON') },
    { source: 'events.ndjson:line:3', pointer: '/run/runId' },
  ]);
});

it('keeps a time without a time zone as text, with a warning', async () => {
  const { events, warnings } = await read(JSON.stringify(event({ eventTime: '2026-11-24T10:00:00' })));
  expect(events[0]).not.toHaveProperty('time');
  expect(warnings).toMatchObject([{ code: 'time_zone_unknown', count: 1 }]);
});

it('reads gzip, and does not match files without events', async () => {
  const zipped = new Uint8Array(gzipSync(JSON.stringify(event())));
  expect(
    (await read(zipped, 'events.json.gz')).events.length +
      (await read(zipped, 'events.json.gz')).rejected.length,
  ).toBe(1);
  for (const other of ['', '{}', '{"job": "x", "run": 1}', 'eventTime,producer,job', '[1, 2]'])
    expect(await openlineage.detect(folderOf('f', { 'other.json': other }))).toEqual([]);
});

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const ROOT = process.env['TRIBUTARY_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');
const isHere = existsSync(join(ROOT, 'openlineage-events'));

describe.skipIf(!isHere)(`shared files${isHere ? '' : ' (needs shared data openlineage-events)'}`, () => {
  it('yield their complete events, and reject events with placeholders', async () => {
    const { events, rejected } = await openlineage.read(
      await readFolder(join(ROOT, 'openlineage-events')),
      {},
    );
    expect(events).toHaveLength(12);
    expect(rejected.filter(({ reason }) => reason.includes('placeholder')).length).toBeGreaterThan(0);
  });

  it('of other kinds are not matched', async () => {
    for (const other of ['dclm-expdb', 'croissant', 'megatron-golden', 'pythia-evals', 'nemotron-blends']) {
      if (!existsSync(join(ROOT, other))) continue;
      expect(await openlineage.detect(await readFolder(join(ROOT, other)))).toEqual([]);
    }
  });

  it('are matched by no other kind', async () => {
    const folder = await readFolder(join(ROOT, 'openlineage-events/proxy/fluentd/events'));
    const { sources, ambiguous } = await recognise(importers, folder);
    expect(ambiguous).toEqual([]);
    expect(new Set(sources.map(({ importer }) => importer.kind))).toEqual(new Set(['openlineage']));
  });
});
