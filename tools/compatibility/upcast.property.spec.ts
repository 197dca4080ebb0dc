import { join } from 'node:path';
import { checkFact, majorOf, upcasting } from '@tributary/contracts';
import type { Fact, FactType } from '@tributary/contracts';
import { corpusUpcasters } from '@tributary/corpus';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { currentVersions, nameOf } from './history.ts';
import { instancesOf } from './instances.ts';

const upcast = upcasting(corpusUpcasters);
const root = join(import.meta.dirname, '../..');
const earlier = currentVersions(root)
  .filter(({ type, major }) => major < majorOf(type as FactType))
  .map((version) => ({ name: nameOf(version), version }));

it('finds at least one earlier major', () => {
  expect(earlier.map(({ name }) => name)).toContain('corpus.shard.registered:1.0');
});

it.each(earlier)('upcasts every instance of $name to a valid one of the newest version', ({ version }) => {
  const dataschema = String(version.schema['$id']);
  fc.assert(
    fc.property(instancesOf(version.schema), (data) => {
      const fact = { id: '1', source: 'urn:test', type: version.type, dataschema, data } as Fact;
      expect(checkFact(fact.type, upcast(fact).data)).toBeUndefined();
    }),
    { seed: 20_261_124, numRuns: 1000 },
  );
});
