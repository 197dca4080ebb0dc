/**
 * Answers between our own processes as JSON. JSON has no NaN and no infinities, and bounds of intervals may be either:
 * they travel as text that begins with NUL, and text that begins so by itself gets another one.
 */
const MARK = '\u0000';

export const toWire = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return `${MARK}${item}`;
    return typeof item === 'string' && item.startsWith(MARK) ? `${MARK}${item}` : item;
  });

export function fromWire<Value>(text: string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends are this package
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'string' || !item.startsWith(MARK)) return item;
    const rest = item.slice(1);
    return rest.startsWith(MARK) ? rest : Number(rest);
  }) as Value;
}
