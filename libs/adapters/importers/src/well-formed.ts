/** An escaped backslash, or half of a surrogate pair, as JSON writes them. */
const HALF = /\\\\|\\ud[89a-f][0-9a-f]{2}/gi;

/** The same value with U+FFFD for half characters, which have no UTF-8 form: a file may hold them, or a cut makes them. */
export function wellFormed<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  if (!/\\ud[89a-f]/i.test(text)) return value;
  const mended: Value = JSON.parse(text.replace(HALF, (token) => (token === '\\\\' ? token : '\\ufffd')));
  return mended;
}
