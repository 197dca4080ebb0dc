import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFact, upcasting } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import { aFact } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { corpusUpcasters } from './upcast.ts';

const golden = readFileSync(
  join(import.meta.dirname, '../../../../schemas/golden/corpus.shard.registered.v1.ndjson'),
  'utf8',
);
type Golden = { event: Fact<'corpus.shard.registered'>; newest: unknown };
const lines: Golden[] = golden
  .trimEnd()
  .split('\n')
  .map((line): Golden => JSON.parse(line));
const upcast = upcasting(corpusUpcasters);

it.each(lines)('reads version 1 as the golden file says: $event.data.shardId', ({ event, newest }) => {
  const read = upcast(event);
  expect(read).toEqual({
    ...event,
    dataschema: 'urn:tributary:schema:corpus.shard.registered:2.0',
    data: newest,
  });
  expect(checkFact('corpus.shard.registered', read.data)).toBeUndefined();
});

it('names the golden file that fixes its behaviour, so that tables made by another upcaster are rebuilt', () => {
  const digest = createHash('sha256').update(golden).digest('hex').slice(0, 16);
  expect(corpusUpcasters.map((step) => step.digest)).toEqual([digest]);
});

it('does not change facts of the newest version or of a type with one version', () => {
  const shard = aFact('corpus.shard.registered', { shardId: 's', uri: 'u', slice: 'a', split: 'train' });
  const retraction = aFact('corpus.shard.retracted', { shardId: 's', reason: 'r', actor: 'a' });
  expect(upcast(shard)).toBe(shard);
  expect(upcast(retraction)).toBe(retraction);
});

it('refuses a version without an upcaster', () => {
  const [first] = lines;
  expect(() => first && upcasting([])(first.event)).toThrow(/nothing reads version 1/);
});
