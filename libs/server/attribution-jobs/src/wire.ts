/**
 * The encoding of answers between Tributary's processes: JSON in which NaN and the infinities, which bounds of intervals
 * may be, are strings that begin with NUL. A string that begins with NUL itself gets a second one.
 */
const MARK = '\u0000';

export const encodeAnswer = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return `${MARK}${item}`;
    return typeof item === 'string' && item.startsWith(MARK) ? `${MARK}${item}` : item;
  });

export function decodeAnswer<Value>(text: string): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both ends use this package
  return JSON.parse(text, (_key, item: unknown) => {
    if (typeof item !== 'string' || !item.startsWith(MARK)) return item;
    const rest = item.slice(1);
    return rest.startsWith(MARK) ? rest : Number(rest);
  }) as Value;
}
