import { valueIn } from '@tributary/kernel';
import fc from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { isSchema, numberAt, resolved, schemaAt, textsAt } from './schema.ts';
import type { Schema } from './schema.ts';

/** How far instances exceed the minimum of a schema. They do not reach its maximum: 10,000 items test no more than three. */
const MORE = 3;

/** Random instances of the subset of JSON Schema that the event schemas use. */
export const instancesOf = (root: Schema): Arbitrary<unknown> => valueOf(root, root);

function valueOf(given: Schema, root: Schema): Arbitrary<unknown> {
  const schema = resolved(given, root);
  const allowed = schema['enum'];
  if (Array.isArray(allowed)) return fc.constantFrom<unknown>(...allowed);
  const types = textsAt(schema, 'type');
  if (types.length === 0) return fc.jsonValue({ maxDepth: 1 });
  return fc.oneof(...types.map((type) => typed(type, schema, root)));
}

function typed(type: string, schema: Schema, root: Schema): Arbitrary<unknown> {
  switch (type) {
    case 'object':
      return objects(schema, root);
    case 'array':
      return arrays(schema, root);
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.maxSafeInteger().map((number) => withinBounds(number, schema));
    case 'number':
      return fc.double(doubleBounds(schema)).map((number) => (Object.is(number, -0) ? 0 : number));
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`cannot generate instances of the JSON Schema type ${type}`);
  }
}

function withinBounds(number: number, schema: Schema): number {
  const low = numberAt(schema, 'minimum') ?? Number.MIN_SAFE_INTEGER;
  const high = numberAt(schema, 'maximum') ?? Number.MAX_SAFE_INTEGER;
  const size = high - low + 1;
  if (number >= low && number <= high) return number;
  return Number.isSafeInteger(size) ? low + (Math.abs(number) % size) : Math.abs(number);
}

const doubleBounds = (schema: Schema): fc.DoubleConstraints => ({
  min: numberAt(schema, 'minimum') ?? -1e300,
  max: numberAt(schema, 'maximum') ?? 1e300,
  noNaN: true,
  noDefaultInfinity: true,
});

function texts(schema: Schema): Arbitrary<string> {
  const minLength = numberAt(schema, 'minLength') ?? 0;
  const maxLength = numberAt(schema, 'maxLength') ?? Infinity;
  const pattern = schema['pattern'];
  if (typeof pattern === 'string') {
    const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
    return fc.stringMatching(new RegExp(pattern)).filter(fits);
  }
  return fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 4 * MORE) });
}

function arrays(schema: Schema, root: Schema): Arbitrary<unknown[]> {
  const minLength = numberAt(schema, 'minItems') ?? 0;
  const maxLength = Math.min(numberAt(schema, 'maxItems') ?? Infinity, minLength + MORE);
  const items = valueOf(schemaAt(schema, 'items'), root);
  return schema['uniqueItems'] === true
    ? fc.uniqueArray(items, { minLength, maxLength, selector: (item) => JSON.stringify(item) })
    : fc.array(items, { minLength, maxLength });
}

function objects(schema: Schema, root: Schema): Arbitrary<unknown> {
  const properties = schemaAt(schema, 'properties');
  const required = textsAt(schema, 'required');
  const named = Object.fromEntries(
    Object.keys(properties).map((name) => [name, valueOf(schemaAt(properties, name), root)]),
  );
  const known = fc.record(named, {
    requiredKeys: required.filter((name) => Object.hasOwn(named, name)),
    noNullPrototype: true,
  });
  const others = othersOf(schema, root);
  return others ? fc.tuple(others, known).map(([more, own]) => ({ ...more, ...own })) : known;
}

/** Members of an open object whose names are not in the schema. */
function othersOf(schema: Schema, root: Schema): Arbitrary<Record<string, unknown>> | undefined {
  const rule = schema['additionalProperties'];
  if (rule === false) return undefined;
  const properties = schemaAt(schema, 'properties');
  const names = texts({ minLength: 1, ...schemaAt(schema, 'propertyNames') });
  const keys = names.filter((name) => !Object.hasOwn(properties, name) && name !== '__proto__');
  const minKeys = numberAt(schema, 'minProperties') ?? 0;
  const maxKeys = Math.min(numberAt(schema, 'maxProperties') ?? Infinity, minKeys + MORE);
  return fc.dictionary(keys, isSchema(rule) ? valueOf(rule, root) : fc.jsonValue({ maxDepth: 1 }), {
    minKeys,
    maxKeys,
    noNullPrototype: true,
  });
}

/** The value without members that are unknown to a closed schema, as a reader of that version sees it. */
export function asSeenBy(value: unknown, given: Schema, root: Schema): unknown {
  const schema = resolved(given, root);
  if (Array.isArray(value)) return value.map((item) => asSeenBy(item, schemaAt(schema, 'items'), root));
  if (!isSchema(value)) return value;
  const properties = schemaAt(schema, 'properties');
  const rest = schema['additionalProperties'];
  const seen = Object.entries(value).filter(([name]) => Object.hasOwn(properties, name) || rest !== false);
  return Object.fromEntries(
    seen.map(([name, item]) => {
      const known = valueIn(properties, name) ?? rest;
      return [name, isSchema(known) ? asSeenBy(item, known, root) : item];
    }),
  );
}
