import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SAMPLES } from '../../libs/adapters/importers/src/samples.fixture.ts';

/**
 * Folders of which every folder in them is imported for itself: the runs of one tracker, the splits of one dataset, the logs of one
 * pipeline. All others are imported whole: the states of a run, a table and its normaliser, a cache and its index
 * (docs/decisions/0092).
 */
const BY_FOLDER = new Set(['datatrove', 'dclm', 'dolma', 'mds']);

/** Folders of which every file is imported for itself. */
const BY_FILE = new Set(['tensorboard-csv']);

/** Imported by a command of its own. */
const EVENTS = 'events';

/** What is imported for itself, relative to the samples. */
export const PARTS: readonly string[] = readdirSync(SAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== EVENTS)
  .flatMap(({ name }) => {
    if (!BY_FOLDER.has(name) && !BY_FILE.has(name)) return [name];
    return readdirSync(join(SAMPLES, name), { withFileTypes: true })
      .filter((entry) => (BY_FILE.has(name) ? entry.isFile() : entry.isDirectory()))
      .map((entry) => join(name, entry.name));
  });

/** One command: some parts in an order, and how far it gets at first. */
export type PartialImport = {
  readonly paths: readonly string[];
  readonly order: number;
  /** Events after which it is stopped, each time that it is begun; then it runs to its end. */
  readonly stops: readonly number[];
};

/** All parts in commands of random sizes, in random order, some of them stopped and begun again, and some repeated later. */
export const histories: fc.Arbitrary<readonly PartialImport[]> = fc
  .record({
    order: fc.shuffledSubarray([...PARTS], { minLength: PARTS.length }),
    cuts: fc.array(fc.nat({ max: PARTS.length }), { minLength: 2, maxLength: 6 }),
    orders: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
    stops: fc.array(fc.array(fc.nat({ max: 60 }), { maxLength: 2 }), { minLength: 20, maxLength: 20 }),
    repeated: fc.array(fc.nat({ max: 12 }), { maxLength: 3 }),
  })
  .map(({ order, cuts, orders, stops, repeated }) => {
    const ends = [...new Set([...cuts, PARTS.length])].toSorted((left, right) => left - right);
    const groups = ends
      .map((end, at) => order.slice(ends[at - 1] ?? 0, end))
      .filter((paths) => paths.length > 0);
    const commands = [...groups, ...repeated.flatMap((at) => groups.slice(at, at + 1))];
    return commands.map((paths, at) => ({ paths, order: orders[at] ?? 0, stops: stops[at] ?? [] }));
  });

/** A permutation that depends on a number alone. */
export const shuffledBy =
  (seed: number) =>
  <Item>(items: readonly Item[]): readonly Item[] => {
    const keyed = items.map((item, at) => ({ item, key: mixed(seed + at * 0x9e3779b1) }));
    return keyed.toSorted((left, right) => left.key - right.key).map(({ item }) => item);
  };

/** The finaliser of MurmurHash3. */
function mixed(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
