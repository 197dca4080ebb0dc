import { isTooDeep, listIn, objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

const PREFIX =
  /^(?:sc:|schema:|cr:|ml:|https?:\/\/schema\.org\/|https?:\/\/mlcommons\.org\/(?:croissant|schema)\/)/;

/**
 * The members of a description without the prefix of their terms: `sc:name` and `https://schema.org/name` become
 * `name`. A JSON-LD value object `{"@value": "…"}` becomes its value. Members that nest too deep are left out.
 */
export function plainTerms(members: JsonObject): JsonObject {
  const entries = Object.entries(members).filter(([, value]) => !isTooDeep(value));
  const plain = entries.map(([key, value]) => [key.replace(PREFIX, ''), plainValue(key, value)] as const);
  return Object.fromEntries(plain);
}

/** Members whose values have prefixed terms themselves. */
const NESTED = /(?:distribution|recordSet|field)$/;

function plainValue(key: string, value: unknown): unknown {
  if (NESTED.test(key)) {
    const list = listIn(value);
    return list ? list.map(nested) : nested(value);
  }
  return valueIn(value);
}

const nested = (value: unknown): unknown => {
  const members = objectIn(value);
  return members ? plainTerms(members) : value;
};

function valueIn(value: unknown): unknown {
  const [first] = listIn(value) ?? [value];
  const members = objectIn(first);
  return members && '@value' in members ? members['@value'] : value;
}
