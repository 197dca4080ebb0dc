import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { folderOf } from './folder.ts';

it('takes no more than the first 64 KiB of gzip to recognise a file', async () => {
  const packed = gzipSync('\n'.repeat(48 * 1024 * 1024));
  const [file] = folderOf('f', { 'a.yaml.gz': packed }).files;
  expect(packed.length).toBeLessThan(64 * 1024);
  expect(await file?.headText()).toHaveLength(64 * 1024);
});

it('does not decompress what comes behind the head', async () => {
  const packed = gzipSync('\n'.repeat(48 * 1024 * 1024));
  packed.fill(0xff, packed.length - 8);
  const [file] = folderOf('f', { '0.txt.gz': packed }).files;
  expect(await file?.headText()).toBe('\n'.repeat(64 * 1024));
});

it('decompresses a head once for all that ask for it', async () => {
  const text = 'some text\n'.repeat(100);
  const packed = gzipSync(text);
  const [file] = folderOf('f', { 'a.txt.gz': packed }).files;
  expect(await file?.headText()).toBe(text);
  packed.fill(0, 10);
  expect([await file?.headText(), await file?.headLines()]).toEqual([text, text]);
});

it('gives the same head of a file whether it is packed or not', async () => {
  const text = 'é some text\n'.repeat(10_000);
  const { files } = folderOf('f', { 'a.txt': text, 'b.txt.gz': gzipSync(text) });
  const heads = await Promise.all(files.map((file) => file.headText()));
  expect(heads[1]).toBe(heads[0]);
});

it('gives whole lines of a head that ends within one', async () => {
  const text = 'é some text\n'.repeat(10_000);
  const { files } = folderOf('f', { 'a.txt': text, 'b.txt.gz': gzipSync(text), 'c.txt': 'é\nb' });
  const [plain = '', packed, short] = await Promise.all(files.map((file) => file.headLines()));
  expect(new Set(plain.split('\n'))).toEqual(new Set(['é some text']));
  expect([packed, short]).toEqual([plain, 'é\nb']);
});
