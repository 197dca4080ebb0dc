/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: neither null nor an array. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same JSON value with U+FFFD for each lone surrogate, which has no UTF-8 form. */
export function wellFormed<Value>(value: Value): Value {
  if (typeof value === 'string') return same<Value>(value.toWellFormed());
  if (Array.isArray(value)) return same<Value>(value.map(wellFormed));
  if (!isJsonObject(value)) return value;
  return same<Value>(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)])),
  );
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a string stays a string, an array an array
const same = <Value>(value: unknown): Value => value as Value;
