import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { builtInSearch, hasSecret, listedSearch } from './scrub-blobs.ts';

const blobs = (content: Buffer, chunk: number) => ({
  open: () =>
    Readable.from(
      Array.from({ length: Math.ceil(content.length / chunk) }, (_, at) =>
        content.subarray(at * chunk, (at + 1) * chunk),
      ),
    ),
});

const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
const SECRET = 'pä&ss/"w\\ord!1';

it.each([
  ['as it is', Buffer.from(SECRET)],
  ['in UTF-16', utf16(`x: ${SECRET}`)],
  ['in UTF-16, big end first', utf16(`x: ${SECRET}`).swap16()],
  ['in Latin-1', Buffer.from(SECRET, 'latin1')],
  ['as JSON', Buffer.from(JSON.stringify({ a: SECRET }))],
  ['as JSON in JSON', Buffer.from(JSON.stringify(JSON.stringify({ a: SECRET })))],
  ['as JSON for pages', Buffer.from(String.raw`{"a":"p\u00E4\u0026ss\/\u0022w\u005Cord\u00211"}`)],
  ['as an address', Buffer.from('//u:p%c3%a4%26ss%2f%22w%5cord%211@h')],
  ['within gzip', gzipSync(Buffer.from(`x\n${SECRET}\n`))],
  ['in UTF-16 within gzip', gzipSync(utf16(SECRET))],
])('finds a listed secret %s, wherever the bytes are cut', async (_how, content) => {
  for (const chunk of [1, 7, content.length])
    expect([chunk, await hasSecret(blobs(content, chunk), 'a', () => listedSearch([SECRET]))]).toEqual([
      chunk,
      true,
    ]);
  expect(await hasSecret(blobs(content, 64), 'a', () => listedSearch([`${SECRET}2`]))).toBe(false);
});

it('finds what the scan knows in UTF-16', async () => {
  const content = utf16('password: hunter22\n');
  for (const chunk of [1, content.length])
    expect(await hasSecret(blobs(content, chunk), 'a', builtInSearch)).toBe(true);
  expect(await hasSecret(blobs(utf16('lr: 0.1\n'), 5), 'a', builtInSearch)).toBe(false);
});
