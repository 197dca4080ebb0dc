import { Fault } from '@tributary/kernel';

/**
 * The value of an enum of the schema that a text from the tables names. Throws Fault `unknown_value` for any other text:
 * a newer version wrote it.
 */
export function valueOf<Value extends string>(
  values: Readonly<Record<string, Value>>,
  text: string,
  name: string,
): Value {
  const value = Object.values(values).find((known) => known === text);
  if (value !== undefined) return value;
  const known = Object.values(values).join(', ');
  throw new Fault('unknown_value', `${name} is ${JSON.stringify(text)}; this version knows ${known}`);
}
