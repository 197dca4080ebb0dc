import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { eventTypeIn } from '@tributary/importers';
import { afterAll, expect, it } from 'vitest';
import { holdsEvents, linesOf } from './event-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-events-'));
afterAll(() => rmSync(folder, { recursive: true }));

const event = JSON.stringify({ specversion: '1.0', type: 'training.run.ended' });

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function linesIn(path: string) {
  const lines = [];
  for await (const line of linesOf(path)) lines.push(line);
  return lines;
}

it.each([
  ['plain.ndjson', `${event}\r\n\n  \n${event}`],
  ['packed.ndjson.gz', gzipSync(`${event}\n\n\n${event}\n`)],
])('reads the lines of %s with their numbers', async (name, content) => {
  const path = file(name, content);
  expect(await linesIn(path)).toEqual([
    { text: event, source: `${path}:1` },
    { text: event, source: `${path}:4` },
  ]);
});

it('reads several members of gzip, and says where bytes follow that are none', async () => {
  const member = (line: string) => gzipSync(`${line}\n`);
  const members = Buffer.concat([member(event), member(event)]);
  expect(await linesIn(file('members.gz', members))).toHaveLength(2);
  const padded = file('padded.gz', Buffer.concat([members, Buffer.alloc(70_000), member(event)]));
  await expect(linesIn(padded)).rejects.toMatchObject({
    code: 'gzip_ends_early',
    message: expect.stringContaining(`its gzip ends at byte ${members.length} of `),
  });
});

it('fails where the content is not what the name says', async () => {
  await expect(linesIn(file('broken.gz', 'not gzip'))).rejects.toThrow('incorrect header check');
});

it.each([
  ['events.ndjson', event, true],
  ['table.csv', 'id,web\na,1\n', false],
  ['other.json', '{"type":"x"}', false],
  ['empty', '', false],
  ['fake.gz', 'not gzip', false],
])('decides by the first line whether %s is a file of events', async (name, content, expected) => {
  expect(await holdsEvents(file(name, content))).toBe(expected);
});

it('reads of a file whose lines never end, or never begin, no more than one event may have', async () => {
  const MIB = 1024 * 1024;
  const endless = file('endless.gz', gzipSync(Buffer.alloc(66 * MIB, '7'), { level: 1 }));
  await expect(linesIn(endless)).rejects.toMatchObject({
    code: 'line_too_long',
    message: expect.stringContaining(`${endless}:1: the line has more than`),
  });
  expect(await holdsEvents(endless)).toBe(false);
  const empty = Buffer.from(`${' '.repeat(MIB)}\n`.repeat(66) + event);
  const late = file('late.gz', gzipSync(empty, { level: 1 }));
  expect(await holdsEvents(late)).toBe(false);
  expect(await linesIn(late)).toEqual([{ text: event, source: `${late}:67` }]);
});

it('does not take a truncated file for a whole one', async () => {
  const packed = gzipSync(`${event}\n`.repeat(9_000));
  await expect(linesIn(file('truncated.gz', packed.subarray(0, -20)))).rejects.toThrow('unexpected end');
});

it('does not take a folder for a file of events', async () => {
  expect(await holdsEvents(folder)).toBe(false);
});

it.each(['null', '7', '[]', '{"specversion":"1.0"}', '{"specversion":"1.0","type":1}', 'text'])(
  'finds no type in %s',
  (line) => {
    expect(eventTypeIn(line)).toBeUndefined();
  },
);
