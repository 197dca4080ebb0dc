/**
 * Answers between our own processes as JSON. JSON has no NaN and no infinities, and drops what is undefined; bounds of
 * intervals may be either, so numbers that are not finite travel by name under a key that no answer has.
 */
const KEY = '$number';

export const toWire = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'number' && !Number.isFinite(item) ? { [KEY]: String(item) } : item,
  );

export function fromWire<Value>(text: string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are this package
  return JSON.parse(text, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && KEY in item ? Number(item[KEY]) : item,
  ) as Value;
}
