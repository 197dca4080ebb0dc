import { eventPosition, formatEventPosition } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { ImportRecord } from './import-record.ts';

type Sent = { readonly id: string; readonly type: string; readonly data: Record<string, unknown> };

/** A log that takes every event, the first one at position 11, or behind those that it knows by their ids. */
function logKnowing(known: Readonly<Record<string, number>>, end = 10) {
  const sent: Sent[][] = [];
  const post = (lines: readonly string[]) => {
    const events = lines.map((line): Sent => JSON.parse(line));
    sent.push(events);
    const byType: Record<string, number> = {};
    let stored = 0;
    const receipts = events.map(({ id, type }) => {
      const before = known[id];
      if (before === undefined) {
        end += 1;
        stored += 1;
        byType[type] = (byType[type] ?? 0) + 1;
      }
      return { position: formatEventPosition(before ?? end), recordTime: '' };
    });
    const duplicates = events.length - stored;
    return Promise.resolve({ ok: true as const, stored, duplicates, storedByType: byType, receipts });
  };
  return { post, sent };
}

const line = (id: string): string => JSON.stringify({ id, source: '/s', type: 'training.run.ended' });
const started = { importId: 'i', paths: ['a'] as [string], program: 'test' };
const report = { kinds: [], refused: 0, notLookedAt: 0, byType: { 'training.run.ended': 3 } };

it('names the events of each batch in the next one, and announces those that come with it', async () => {
  const { post, sent } = logKnowing({ old: 4 });
  const record = new ImportRecord(post, started, [10]);
  await record.begin();
  expect(await record.post(['a', 'old', 'b'].map(line))).toMatchObject({ stored: 2, duplicates: 1 });
  expect(await record.post([line('c')])).toMatchObject({
    stored: 1,
    storedByType: { 'training.run.ended': 1 },
  });
  await record.complete(report);
  const facts = sent.map(([first]) => first);
  expect(facts.map((fact) => fact?.type)).toEqual([
    'lineage.import.started',
    'lineage.import.progressed',
    'lineage.import.progressed',
    'lineage.import.completed',
  ]);
  expect(facts[1]?.data).toMatchObject({
    began: '11',
    stored: [],
    announced: [{ source: '/s', ids: ['a', 'old', 'b'] }],
  });
  expect(facts[2]?.data).toMatchObject({
    stored: [{ first: '13', last: '14' }],
    repeated: [{ first: '4', last: '4' }],
    announced: [{ source: '/s', ids: ['c'] }],
  });
  expect(facts[3]?.data).toMatchObject({ stored: [{ first: '16', last: '16' }], repeated: [] });
});

it('names as repeated what somebody else recorded after it began, before the request that has it as well', async () => {
  const { post, sent } = logKnowing({ theirs: 12 }, 12);
  const record = new ImportRecord(post, started, [10]);
  await record.begin();
  await record.post(['a', 'theirs'].map(line));
  await record.complete(report);
  expect(sent.at(-1)?.[0]?.data).toMatchObject({
    stored: [{ first: '15', last: '15' }],
    repeated: [{ first: '12', last: '12' }],
  });
});

it('tells events of other partitions by where the log ended before it', async () => {
  const [old, later] = [eventPosition(1, 7), eventPosition(1, 8)];
  const { post, sent } = logKnowing({ old, later });
  const record = new ImportRecord(post, started, [10, old]);
  await record.begin();
  await record.post(['a', 'old', 'later'].map(line));
  await record.complete(report);
  expect(sent.at(-1)?.[0]?.data).toMatchObject({
    stored: [
      { first: '13', last: '13' },
      { first: '1:8', last: '1:8' },
    ],
    repeated: [{ first: '1:7', last: '1:7' }],
  });
});

it('is recorded behind its events where it did not begin before, in parts that are small enough', async () => {
  const { post, sent } = logKnowing({});
  const record = new ImportRecord(post, started, [10]);
  for (let batch = 0; batch < 6; batch += 1)
    await record.post(Array.from({ length: 1000 }, (_, index) => line(`${batch}-${index}`)));
  await record.complete(report);
  expect(sent.slice(0, 6).every((batch) => batch.length === 1000)).toBe(true);
  expect(sent.slice(6).flatMap((batch) => batch.map(({ data }) => data['stored']))).toEqual([
    undefined,
    [{ first: '11', last: '5010' }],
    [{ first: '5011', last: '6010' }],
  ]);
});

it('fails where the server does not know the facts', async () => {
  const refusing = () => Promise.resolve({ ok: false as const, detail: 'no such event type', errors: [] });
  await expect(new ImportRecord(refusing, started, [0]).begin()).rejects.toThrow(
    'the server refused the record',
  );
});
