/** What was recorded under a key; null where nothing was. */
export type Value = string | number | boolean | null;

/** One key under which two things differ. */
export type Change = {
  readonly key: string;
  readonly first: Value;
  readonly second: Value;
  /** Second less first, of two numbers. */
  readonly difference: number | null;
};

export type SectionName =
  'facts' | 'configuration' | 'consumed' | 'scores' | 'weights' | 'tokens' | 'sources' | 'shards';

/** What differs in one respect, and under how many keys nothing does. */
export type Section = {
  readonly name: SectionName;
  readonly equal: number;
  readonly changes: readonly Change[];
};

export type Recorded = ReadonlyMap<string, Value>;

/** The keys of the first in their order, then those that only the second has. */
export function sectionOf(name: SectionName, first: Recorded, second: Recorded): Section {
  const keys = new Set([...first.keys(), ...second.keys()]);
  const all = [...keys].map((key) => changeOf(key, first.get(key) ?? null, second.get(key) ?? null));
  const changes = all.filter((change) => !Object.is(change.first, change.second));
  return { name, equal: all.length - changes.length, changes };
}

const changeOf = (key: string, first: Value, second: Value): Change => ({
  key,
  first,
  second,
  difference: typeof first === 'number' && typeof second === 'number' ? second - first : null,
});

/** The fields of an object that hold a value. */
export const recordedIn = (fields: Readonly<Record<string, Value>>): Recorded =>
  new Map(Object.entries(fields).filter(([, value]) => value !== null));

/** The sums of the numbers under each key: what is listed twice counts twice. */
export function summed(entries: Iterable<readonly [key: string, amount: number]>): Recorded {
  const sums = new Map<string, number>();
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0) + amount);
  return sums;
}

/** A name as part of a key: in quotes where its end could not be told from what follows. */
export const keyPart = (name: string): string => (/^[\w./@+-]+$/.test(name) ? name : JSON.stringify(name));

/** The values in JSON by their pointers (RFC 6901). */
export function* valuesIn(json: unknown, pointer = ''): Generator<readonly [pointer: string, value: Value]> {
  if (typeof json === 'object' && json !== null) {
    for (const [key, value] of Object.entries(json))
      yield* valuesIn(value, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  } else if (typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean')
    yield [pointer, json];
}
