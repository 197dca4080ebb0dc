import { valueIn } from '@tributary/kernel';
import { isSchema, numberAt, resolved, schemaAt, textsAt } from './schema.ts';
import type { Schema } from './schema.ts';

/** An incompatible change: its JSON pointer and the rule that it breaks. */
export type Breach = { readonly pointer: string; readonly rule: string };

type Pair = {
  readonly older: Schema;
  readonly newer: Schema;
  readonly roots: readonly [Schema, Schema];
  readonly pointer: string;
};

/** Keywords whose changes do not change which instances are valid. */
const PROSE = ['$schema', '$id', '$defs', '$ref', 'title', 'description', 'examples', 'default'];

/** Keywords with rules of their own. All others must not change. */
const KEYWORDS_WITH_RULES = [
  'type',
  'properties',
  'required',
  'enum',
  'additionalProperties',
  'items',
  'propertyNames',
  'x-unknown-branch',
];

/** Bounds and the direction in which they widen: 1 if a higher bound admits more instances. */
const BOUNDS: Readonly<Record<string, 1 | -1>> = {
  maxLength: 1,
  maximum: 1,
  exclusiveMaximum: 1,
  maxItems: 1,
  maxProperties: 1,
  minLength: -1,
  minimum: -1,
  exclusiveMinimum: -1,
  minItems: -1,
  minProperties: -1,
};

/**
 * All incompatible changes between two minors of one major. Compatible are new optional properties, longer strings, and
 * changed titles and descriptions.
 */
export function breaches(older: Schema, newer: Schema): Breach[] {
  return compare({ older, newer, roots: [older, newer], pointer: '' });
}

function compare({ roots, pointer, ...pair }: Pair): Breach[] {
  const older = resolved(pair.older, roots[0]);
  const newer = resolved(pair.newer, roots[1]);
  const here: Pair = { older, newer, roots, pointer };
  return [
    ...typeChange(here),
    ...requiredChange(here),
    ...enumChange(here),
    ...boundChange(here),
    ...otherChange(here),
    ...propertyChange(here),
    ...subschemaChange(here),
  ];
}

const breach = (pointer: string, rule: string): Breach[] => [{ pointer, rule }];

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

function typeChange({ older, newer, pointer }: Pair): Breach[] {
  const isSame = same(textsAt(older, 'type').toSorted(), textsAt(newer, 'type').toSorted());
  return isSame ? [] : breach(`${pointer}/type`, 'type changed');
}

function requiredChange({ older, newer, pointer }: Pair): Breach[] {
  const [before, after] = [textsAt(older, 'required'), textsAt(newer, 'required')];
  return [
    ...after
      .filter((name) => !before.includes(name))
      .flatMap(() => breach(`${pointer}/required`, 'required added')),
    ...before
      .filter((name) => !after.includes(name))
      .flatMap(() => breach(`${pointer}/required`, 'required removed')),
  ];
}

function enumChange({ older, newer, pointer }: Pair): Breach[] {
  const at = `${pointer}/enum`;
  if (older['enum'] === undefined && newer['enum'] === undefined) return [];
  if (older['enum'] === undefined) return breach(at, 'enum narrowed');
  if (newer['enum'] === undefined) return breach(at, 'enum widened without an unknown branch');
  const [before, after] = [textsAt(older, 'enum'), textsAt(newer, 'enum')];
  const isOpen = older['x-unknown-branch'] === true && newer['x-unknown-branch'] === true;
  return [
    ...(before.some((value) => !after.includes(value)) ? breach(at, 'enum narrowed') : []),
    ...(after.some((value) => !before.includes(value)) && !isOpen
      ? breach(at, 'enum widened without an unknown branch')
      : []),
  ];
}

function boundChange({ older, newer, pointer }: Pair): Breach[] {
  return Object.entries(BOUNDS).flatMap(([keyword, widening]) => {
    const unbounded = widening * Infinity;
    const before = numberAt(older, keyword) ?? unbounded;
    const after = numberAt(newer, keyword) ?? unbounded;
    if (before === after) return [];
    if ((after - before) * widening < 0) return breach(`${pointer}/${keyword}`, 'bound tightened');
    return keyword === 'maxLength' ? [] : breach(`${pointer}/${keyword}`, 'bound widened');
  });
}

const RULE: Readonly<Record<string, string>> = { pattern: 'pattern changed', 'x-unit': 'unit changed' };

function otherChange({ older, newer, pointer }: Pair): Breach[] {
  const keywords = new Set([...Object.keys(older), ...Object.keys(newer)]);
  const fixed = [...keywords].filter(
    (keyword) =>
      !PROSE.includes(keyword) && !KEYWORDS_WITH_RULES.includes(keyword) && !Object.hasOwn(BOUNDS, keyword),
  );
  return fixed
    .filter((keyword) => !same(valueIn(older, keyword), valueIn(newer, keyword)))
    .flatMap((keyword) => breach(`${pointer}/${keyword}`, valueIn(RULE, keyword) ?? `${keyword} changed`));
}

function propertyChange({ older, newer, roots, pointer }: Pair): Breach[] {
  const [before, after] = [schemaAt(older, 'properties'), schemaAt(newer, 'properties')];
  const isOpen = older['additionalProperties'] !== false;
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  return [
    ...added
      .filter(() => isOpen)
      .flatMap((name) => breach(`${pointer}/properties/${name}`, 'property added to an open object')),
    ...Object.keys(before).flatMap((name) => {
      const at = `${pointer}/properties/${name}`;
      if (!Object.hasOwn(after, name)) return breach(at, 'property removed or renamed');
      return compare({ older: schemaAt(before, name), newer: schemaAt(after, name), roots, pointer: at });
    }),
  ];
}

function subschemaChange({ older, newer, roots, pointer }: Pair): Breach[] {
  return ['items', 'propertyNames', 'additionalProperties'].flatMap((keyword) => {
    const [before, after] = [valueIn(older, keyword), valueIn(newer, keyword)];
    const at = `${pointer}/${keyword}`;
    if (isSchema(before) && isSchema(after))
      return compare({ older: before, newer: after, roots, pointer: at });
    return same(before, after) ? [] : breach(at, `${keyword} changed`);
  });
}
