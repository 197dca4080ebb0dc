/** The encoding that the first bytes of a text announce. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Fewer letters could be numbers of 16 bits. */
const MIN_LETTERS = 8;

/** Whether bytes are text in UTF-16 that does not say so: ASCII with a zero byte before or behind each letter. */
export function isUnmarkedUtf16(head: Uint8Array): boolean {
  const bytes = head.subarray(0, 256);
  const pairs = Math.floor(bytes.length / 2);
  const letters = (first: number) =>
    Array.from({ length: pairs }, (_none, at) => {
      const [letter = 0, zero = 1] = [bytes[2 * at + first], bytes[2 * at + 1 - first]];
      return zero === 0 && (letter === 9 || letter === 10 || letter === 13 || (letter >= 32 && letter < 127));
    }).filter(Boolean).length;
  return pairs >= MIN_LETTERS && (letters(0) === pairs || letters(1) === pairs);
}
