import { valueIn } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { Findings } from '../facts/findings.ts';
import { folderOf } from './folder.ts';
import { plainYaml, yamlIn } from './plain-yaml.ts';
import { objectIn } from './untyped-values.ts';

async function warningsOf(text: string) {
  const findings = new Findings();
  for (const file of folderOf('f', { 'a.yaml': text }).files) await yamlIn(file, findings);
  return findings.warnings;
}

it('takes no more than linear work for a map with many keys, and keeps the last of equal ones', () => {
  const keys = Array.from({ length: 150_000 }, (_none, at) => `k${at}: ${at}\n`);
  const { documents, broken } = plainYaml(`${keys.join('')}k7: last\n`);
  expect(broken).toBeUndefined();
  const map = objectIn(documents[0]) ?? {};
  expect([valueIn(map, 'k7'), valueIn(map, 'k149999')]).toEqual(['last', 149_999]);
});

it('takes no more than linear work for interpolations that are not closed', async () => {
  expect(await warningsOf(`a: "${'${'.repeat(500_000)}"\n`)).toEqual([]);
});

it('counts the interpolations that stay text', async () => {
  const text = 'a: ${x}/${y}\nb: "${c${d}} ${e"\nc: "${"\nd: "}"\n';
  expect(await warningsOf(text)).toMatchObject([
    { code: 'interpolation_left', count: 3, example: 'a.yaml: ${x} is kept as text' },
  ]);
});

const mapOf = (keys: number): string =>
  `a: &a\n${Array.from({ length: keys }, (_none, at) => `  k${at}: ${at}\n`).join('')}`;
const REFUSED = /^its merge keys copy (\d+|Infinity) values, more than 200000$/;

it.each([
  ['one map again and again', `${mapOf(4000)}b:\n${'  <<: *a\n'.repeat(900)}`],
  ['a list of one map', `${mapOf(1000)}s: &s [${'*a,'.repeat(100)}]\nb:\n  <<: *s\n`],
  ['maps of merged maps', `${mapOf(50)}${chainOfMerges(4)}`],
  ['what is in a map', `a: &a {x: [${'1,'.repeat(4000)}]}\nb:\n${'  <<: *a\n'.repeat(900)}`],
  ['keys with tags', `${mapOf(4000)}b:\n${'  !!merge x: *a\n  !!str <<: *a\n'.repeat(14)}`],
  ['a map into itself', `a: &a\n  x: 1\n  <<: *a\n`],
  ['some in each of many documents', `${mapOf(1000)}b:\n${'  <<: *a\n'.repeat(10)}---\n`.repeat(20)],
])('refuses merge keys that copy %s', (_what, text) => {
  const { documents, broken } = plainYaml(text);
  expect(documents).toEqual([]);
  expect(broken).toMatch(REFUSED);
});

/** Maps of which each merges the one before it ten times. */
function chainOfMerges(length: number): string {
  const names = ['a', ...Array.from({ length }, (_none, at) => `m${at}`)];
  return names
    .slice(1)
    .map((name, at) => `${name}: &${name}\n${`  <<: *${names[at]}\n`.repeat(10)}`)
    .join('');
}

it('merges as much as a large configuration does, and shares what has aliases elsewhere', () => {
  const merges = Array.from({ length: 80 }, (_none, at) => `m${at}:\n  <<: *a\n  k0: own\n`);
  const { documents, broken } = plainYaml(`${mapOf(500)}${merges.join('')}s: [${'*a,'.repeat(800)}]\n`);
  expect(broken).toBeUndefined();
  const merged = objectIn(valueIn(objectIn(documents[0]) ?? {}, 'm79')) ?? {};
  expect([valueIn(merged, 'k0'), valueIn(merged, 'k499')]).toEqual(['own', 499]);
});

it('refuses more aliases of more anchors than are looked up, and takes many of a few', () => {
  const anchored = (count: number): string =>
    Array.from({ length: count }, (_none, at) => `a${at}: &a${at} ${at}\nb${at}: *a${at}\n`).join('');
  expect(plainYaml(anchored(20_000))).toEqual({
    documents: [],
    broken: 'it has more aliases and anchors than are looked up',
  });
  expect(plainYaml(anchored(2_000)).broken).toBeUndefined();
});
