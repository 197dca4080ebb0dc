import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressFrom, fileKey, lookAlike } from './similar-addresses.ts';

const looksAlike = (one: string, other: string): boolean => lookAlike(addressFrom(one), addressFrom(other));

const isFound = (one: string, other: string): boolean =>
  fileKey(one) === fileKey(other) && looksAlike(one, other) && looksAlike(other, one);

const folder = fc.stringMatching(/^[a-z][a-z0-9 é&=-]{0,8}$/).filter((name) => name.trim() === name);
const path = fc
  .tuple(fc.array(folder, { minLength: 1, maxLength: 4 }), folder, fc.constantFrom('.npy', ''))
  .map(([folders, file, extension]) => [...folders, `${file}-0${extension}`].join('/'));

const encoded = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');

describe('two addresses of one path look alike and are found by one key', () => {
  it.each<[string, (of: string) => string]>([
    ['on another host', (of) => `https://mirror.example/${encoded(of)}`],
    ['with its slashes encoded', (of) => `https://storage.example/o/${encodeURIComponent(of)}`],
    ['below a folder', (of) => `s3://corpus/copied/${of}`],
    ['compressed', (of) => `s3://corpus/${of.replace('.npy', '.csv.gz')}`],
    ['in decomposed characters', (of) => `s3://other/${of.normalize('NFD')}`],
    ['of a version in a store', (of) => `s3://corpus/${of}?versionId=3`],
    ['of a version', (of) => `https://corpus.example/${encoded(of)}?versionId=3`],
    [
      'with a signature',
      (of) => `https://corpus.example/${encoded(of)}?X-Amz-Date=1&X-Amz-Signature=a%2Fb/c`,
    ],
    ['with a fragment', (of) => `https://corpus.example/${encoded(of)}#row-group=1`],
  ])('%s', (_, mirrored) => {
    fc.assert(
      fc.property(path, (of) => {
        const [one, other] = [`gs://corpus/${encoded(of)}`, mirrored(of)];
        fc.pre(one !== other);
        expect(isFound(one, other), `${one} and ${other}`).toBe(true);
      }),
    );
  });

  it('with a folder of its own on each host', () => {
    fc.assert(
      fc.property(path, folder, folder, (of, here, there) => {
        const [one, other] = [`s3://corpus/${here}/${of}`, `https://mirror.example/${there}/${of}`];
        expect(isFound(one, other), `${one} and ${other}`).toBe(true);
      }),
    );
  });

  it('with several folders of its own on each host, where three names are the same', () => {
    expect(isFound('s3://a/x/y/web/en/part-0.npy', 's3://b/u/v/w/web/en/part-0.npy')).toBe(true);
  });

  it('signed twice', () => {
    const of = 'https://corpus.example/web/part-0.npy';
    expect(isFound(`${of}?sig=1&se=2`, `${of}?sig=3&se=4`)).toBe(true);
    expect(isFound(`${of}?part=7&Signature=1`, `${of}?Signature=3&part=7`)).toBe(true);
  });
});

describe('addresses of different data do not look alike', () => {
  it.each([
    ['siblings in one bucket', 's3://corpus/web/train/part-0.npy', 's3://corpus/books/train/part-0.npy'],
    ['sources of two buckets', 's3://wiki/en/a/train/part-0.npy', 's3://books/old/b/train/part-0.npy'],
    ['ingredients of a mix', 's3://a/mix/web/tok/part-0.npy', 'https://b/mix/books/tok/part-0.npy'],
    ['rows of a download', 'https://a/web/download?id=1', 'https://a/web/download?id=2'],
    ['parts of a query', 'https://a/web/get.php?id=1&sig=1', 'https://a/web/get.php?id=2&sig=1'],
    ['other files', 's3://a/web/part-0.npy', 's3://b/web/part-1.npy'],
    ['names with a question mark', 's3://a/what?/b/part-0.npy', 's3://a/what?/c/part-0.npy'],
  ])('%s', (_, one, other) => {
    expect(looksAlike(one, other) || looksAlike(other, one)).toBe(false);
  });

  it('and any text has a key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string(), (one, other) => {
        expect(fileKey(one)).toMatch(/^file:/);
        expect(looksAlike(one, other)).toBe(looksAlike(other, one));
      }),
    );
  });
});
