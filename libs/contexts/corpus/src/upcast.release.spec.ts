import { recordFigures } from '@tributary/fixtures';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upcasting } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { corpusUpcasters } from './upcast.ts';

const EVENTS = 1_000_000;

const golden = readFileSync(
  join(import.meta.dirname, '../../../../schemas/golden/corpus.shard.registered.v1.ndjson'),
  'utf8',
);
const facts = golden
  .trimEnd()
  .split('\n')
  .map((line): Fact => JSON.parse(line).event);

it('reads a million facts of version 1, and reports the time', () => {
  const upcast = upcasting(corpusUpcasters);
  const started = performance.now();
  let read = 0;
  for (let index = 0; index < EVENTS; index += 1) {
    const fact = facts[index % facts.length];
    if (fact && upcast(fact) !== fact) read += 1;
  }
  const seconds = (performance.now() - started) / 1000;
  recordFigures('upcasting', { facts: EVENTS, seconds: seconds.toFixed(2) });
  expect(read).toBe(EVENTS);
});
