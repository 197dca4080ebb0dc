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
