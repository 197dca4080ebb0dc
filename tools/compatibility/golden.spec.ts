import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkEnvelope, checkFact, majorIn, majorOf, upcasting } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import { corpusUpcasters } from '@tributary/corpus';
import { describe, expect, it } from 'vitest';
import { validatorOf } from './generative.ts';
import { currentVersions, frozenVersions } from './history.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'schemas/golden');
const upcast = upcasting(corpusUpcasters);
const frozen = new Map(frozenVersions(root).map(({ schema }) => [String(schema['$id']), schema]));

type Golden = { readonly event: Fact; readonly newest?: unknown };

const goldenOf = (file: string): Golden[] =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Golden => JSON.parse(line));

const corpora = currentVersions(root).map(({ type, major }) => ({
  file: `${type}.v${major}.ndjson`,
  major,
  first: `urn:tributary:schema:${type}:${major}.0`,
}));

it('has exactly one file for every type and major', () => {
  expect(readdirSync(folder).toSorted()).toEqual(corpora.map(({ file }) => file).toSorted());
});

describe.each(corpora)('$file', ({ file, major, first }) => {
  const golden = goldenOf(file);

  it('has at least three different events of its version', () => {
    const named = golden.filter(({ event }) => event.dataschema !== undefined);
    for (const { event } of named) expect(majorIn(event.type, event.dataschema)).toBe(major);
    expect(new Set(named.map(({ event }) => JSON.stringify(event.data))).size).toBeGreaterThanOrEqual(3);
  });

  it('has events that are valid by the envelope and by the frozen minor', () => {
    for (const { event } of golden) {
      expect(checkEnvelope(event)).toMatchObject({ ok: true });
      const validate = validatorOf(frozen.get(event.dataschema ?? first) ?? frozen.get(first) ?? { not: {} });
      expect(validate(event.data) ? [] : validate.errors).toEqual([]);
    }
  });

  it('is read by the newest schema with the expected result', () => {
    for (const { event, newest } of golden) {
      const read = upcast(event);
      expect(checkFact(event.type, read.data)).toBeUndefined();
      expect(read.data).toEqual(newest ?? event.data);
      expect(newest !== undefined).toBe(major < majorOf(event.type));
    }
  });
});
