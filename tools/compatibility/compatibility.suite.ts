import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isReadByOlder, readsOlder, validatorOf } from './generative.ts';
import { currentVersions, earlierMinors, frozenVersions, nameOf } from './history.ts';
import { instancesOf } from './instances.ts';
import { breaches } from './structure.ts';
import fc from 'fast-check';

const root = join(import.meta.dirname, '../..');

/** Tests that every version is compatible with every earlier minor of its major, by structure and on random instances. */
export function compatibilityHolds(runs: number): void {
  const frozen = frozenVersions(root);
  const versions = currentVersions(root).map((version) => ({ name: nameOf(version), version }));
  const pairs = versions.flatMap(({ version }) =>
    [...earlierMinors(frozen, version), version].map((older) => ({
      name: `${nameOf(version)} and ${nameOf(older)}`,
      older,
      newer: version,
    })),
  );

  describe.each(pairs)('$name', ({ older, newer }) => {
    it('have only compatible differences', () => {
      expect(breaches(older.schema, newer.schema)).toEqual([]);
    });

    it(`read ${runs} random instances of each other`, () => {
      readsOlder(older.schema, newer.schema, runs);
      isReadByOlder(older.schema, newer.schema, runs);
    });
  });

  it.each(versions)('makes different instances of $name', ({ version }) => {
    const validate = validatorOf(version.schema);
    const made = fc.sample(instancesOf(version.schema), { seed: 1, numRuns: 20 });
    expect(made.every((value) => validate(value))).toBe(true);
    expect(new Set(made.map((value) => JSON.stringify(value))).size).toBeGreaterThan(10);
  });
}
