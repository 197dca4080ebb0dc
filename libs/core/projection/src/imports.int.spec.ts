import type { Fact } from '@tributary/contracts';
import { aFact, insertRows, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { query } from '@tributary/kernel';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { correctionProjection } from './corrections.ts';
import { importProjection } from './imports.ts';
import { unresolvedCorrections } from './unresolved-corrections.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

const kernel = import.meta.resolve('@tributary/kernel');
const correctedEvents = query(kernel, 'corrected-events', {
  params: z.object({ as_of: z.array(z.number()) }),
  row: z.object({ corrected_position: z.coerce.number() }),
});

const IMPORTS = 4;

/**
 * What happens next: an event outside imports or of one, which may correct an earlier one; an import that states an event of
 * an import or by hand again, or names it as its own too, as one does that ran at the same time; the withdrawal of an import.
 */
type Happening =
  | { readonly kind: 'event'; readonly by: number | null; readonly corrects: number | null }
  | { readonly kind: 'repeat' | 'claim'; readonly by: number; readonly event: number }
  | { readonly kind: 'withdrawal'; readonly of: number };

const anImport = fc.nat(IMPORTS - 1);
const aHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('event' as const),
      by: fc.option(anImport, { freq: 3 }),
      corrects: fc.option(fc.nat(60), { freq: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('repeat' as const, 'claim' as const),
      by: anImport,
      event: fc.nat(60),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdrawal' as const), of: anImport }) },
);

const HAPPENINGS = 50;
const history = fc.array(aHappening, { minLength: HAPPENINGS, maxLength: HAPPENINGS });

/** Whose events count: those that nobody imported, and those that an import states and did not withdraw afterwards. */
function foldOf(happenings: readonly Happening[], until: number) {
  const past = happenings.slice(0, until);
  const isWithdrawn = ({ by, at }: { by: number; at: number }): boolean =>
    past.some((one, index) => index > at && one.kind === 'withdrawal' && one.of === by);
  const statementsOf = (kind: 'repeat' | 'claim', event: number) =>
    past.flatMap((one, at) => (one.kind === kind && one.event === event ? [{ by: one.by, at }] : []));
  const isGone = (index: number): boolean => {
    const one = past[index];
    if (one?.kind !== 'event') return false;
    const own = one.by === null ? [] : [{ by: one.by, at: index }];
    const owners = [...own, ...statementsOf('claim', index)];
    return owners.length > 0 && [...owners, ...statementsOf('repeat', index)].every(isWithdrawn);
  };
  return { gone: [...past.keys()].filter(isGone), past };
}

/** The index of an event that another one names, where it is recorded before. */
function recordedBefore(
  happenings: readonly Happening[],
  named: number | null,
  index: number,
): number | undefined {
  return named !== null && named < index && happenings[named]?.kind === 'event' ? named : undefined;
}

/** The events that do not count, and the corrections in doubt, of a log without the events that are gone. */
function expectedOf(happenings: readonly Happening[], until: number) {
  const { gone, past } = foldOf(happenings, until);
  const versions = new Map<number, number[]>();
  const roots = new Map<number, number>();
  const inDoubt: number[] = [];
  for (const [index, one] of past.entries()) {
    if (one.kind !== 'event' || gone.includes(index)) continue;
    const named = recordedBefore(past, one.corrects, index);
    const root = named === undefined || gone.includes(named) ? index : (roots.get(named) ?? index);
    roots.set(index, root);
    versions.set(root, [...(versions.get(root) ?? []), index]);
    if (one.corrects !== null && root === index) inDoubt.push(index);
  }
  const replaced = [...versions.values()].flatMap((of) => of.slice(0, -1));
  return {
    uncounted: [...gone, ...replaced].map(positionOf).toSorted((a, b) => a - b),
    inDoubt: inDoubt.filter((one) => !replaced.includes(one)).map(positionOf),
  };
}

/** The imports begin first. */
const positionOf = (index: number): number => IMPORTS + index + 1;
const importIdOf = (number: number): string => `import-${number}`;

function factsOf(happenings: readonly Happening[]): Fact[] {
  const range = (index: number) => ({ first: String(positionOf(index)), last: String(positionOf(index)) });
  const part = (by: number, ranges: object) =>
    aFact('lineage.import.progressed', {
      importId: importIdOf(by),
      began: String(by + 1),
      part: 1,
      stored: [],
      repeated: [],
      announced: [],
      ...ranges,
    });
  return happenings.map((one, index): Fact => {
    switch (one.kind) {
      case 'event': {
        const ended = aFact('training.run.ended', { runId: 'r', attempt: 1, status: 'failed', lastStep: 1 });
        const named = recordedBefore(happenings, one.corrects, index);
        return {
          ...ended,
          ...(one.corrects !== null && { corrects: 'e', correctionreason: 'wrong', actor: 'somebody' }),
          ...(named !== undefined && { correctedPosition: positionOf(named) }),
        };
      }
      case 'repeat':
        return part(one.by, { repeated: [range(one.event)] });
      case 'claim':
        return part(one.by, { stored: [range(one.event)] });
      case 'withdrawal':
        return aFact('lineage.import.withdrawn', {
          importId: importIdOf(one.of),
          began: String(one.of + 1),
          stored: [],
          reason: 'wrong',
          actor: 'somebody',
        });
    }
  });
}

/** Rows as a log has them in which an import names an event when it stores it. */
function rowsOf(happenings: readonly Happening[]) {
  const stamp = (position: number) => ({ _position: position, recorded_at: position });
  const starts = Array.from({ length: IMPORTS }, (_, number) =>
    importProjection.project(
      aFact('lineage.import.started', { importId: importIdOf(number), paths: ['a'], program: 'test' }),
      stamp(number + 1),
    ),
  );
  const facts = factsOf(happenings).flatMap((fact, index) => {
    const one = happenings[index];
    const at = stamp(positionOf(index));
    const rows = [importProjection.project(fact, at), correctionProjection.project(fact, at)];
    if (one?.kind !== 'event' || one.by === null) return rows;
    const [part] = factsOf([{ kind: 'repeat', by: one.by, event: index }]);
    const { repeated, ...data } = Object((part as Fact).data);
    return [
      ...rows,
      importProjection.project({ ...part, data: { ...data, stored: repeated, repeated: [] } } as Fact, at),
    ];
  });
  return [...starts, ...facts];
}

/** Anybody can claim a position where nothing is yet, or no event. */
const isEvent = (happenings: readonly Happening[], until: number, position: number): boolean =>
  happenings.slice(0, until).some((one, index) => one.kind === 'event' && positionOf(index) === position);

it('counts, as of every position, what a log without the withdrawn imports counts', async () => {
  for (const [number, happenings] of fc.sample(history, { numRuns: 4, seed: 20_261_130 }).entries()) {
    await store.renew();
    await insertRows(store.engine, `history ${number}`, rowsOf(happenings));
    for (let until = 0; until <= HAPPENINGS; until += 5) {
      const as_of = [IMPORTS + until];
      const uncounted = await store.engine.reader.all(correctedEvents, { as_of });
      const doubtful = await store.engine.reader.all(unresolvedCorrections, { first: HAPPENINGS, as_of });
      expect({
        uncounted: uncounted
          .map((row) => row.corrected_position)
          .filter((position) => isEvent(happenings, until, position))
          .toSorted((a, b) => a - b),
        inDoubt: doubtful.map((row) => row.position),
      }).toEqual(expectedOf(happenings, until));
    }
  }
});
