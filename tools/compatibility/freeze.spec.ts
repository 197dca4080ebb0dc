import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freeze, objections } from './freeze.ts';
import { currentVersions, frozenVersions, indexText, nameOf } from './history.ts';

const root = join(import.meta.dirname, '../..');

it('has frozen every current version without later changes (npx tsx tools/compatibility/freeze.ts)', () => {
  const frozen = frozenVersions(root);
  const names = new Set(frozen.map(nameOf));
  expect(
    currentVersions(root)
      .map(nameOf)
      .filter((name) => !names.has(name)),
  ).toEqual([]);
  expect(objections(currentVersions(root), frozen)).toEqual([]);
});

it('lists the digest of every frozen version in schemas/index.json', () => {
  expect(readFileSync(join(root, 'schemas/index.json'), 'utf8')).toBe(indexText(frozenVersions(root)));
});

let copy: string;
const FILE = 'schemas/events/corpus/shard.retracted.v1.json';
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'tributary-schemas-'));
  cpSync(join(root, 'schemas/events'), join(copy, 'schemas/events'), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

const edit = (from: string, to: string): void => {
  const text = readFileSync(join(copy, FILE), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, FILE), text.replaceAll(from, to));
};

it('adds nothing when everything is frozen, and allows changed descriptions', () => {
  edit('must not be used any more', 'may not be used from here on');
  expect(freeze(copy)).toEqual({ ok: true, added: [] });
});

it('refuses a changed schema with an unchanged version', () => {
  edit('"maxLength": 4096', '"maxLength": 8192');
  expect(freeze(copy)).toEqual({
    ok: false,
    objections: [
      'corpus.shard.retracted:1.0 is released and was changed: raise the minor version in its "$id"',
    ],
  });
});

it('freezes a new minor in addition to the old one, and lists both in the index', () => {
  edit('"maxLength": 4096', '"maxLength": 8192');
  edit('retracted:1.0', 'retracted:1.1');
  expect(freeze(copy)).toEqual({ ok: true, added: ['corpus.shard.retracted:1.1'] });
  const index: Record<string, object> = JSON.parse(readFileSync(join(copy, 'schemas/index.json'), 'utf8'));
  expect(Object.keys(index['corpus.shard.retracted'] ?? {})).toEqual(['1.0', '1.1']);
});

it('refuses a new minor that breaks the old one, and names the JSON pointer', () => {
  edit('"required": ["shardId", "reason", "actor"]', '"required": ["shardId", "reason"]');
  edit('retracted:1.0', 'retracted:1.1');
  expect(freeze(copy)).toEqual({
    ok: false,
    objections: [
      'corpus.shard.retracted:1.1 breaks corpus.shard.retracted:1.0 at /required: required removed',
    ],
  });
});
