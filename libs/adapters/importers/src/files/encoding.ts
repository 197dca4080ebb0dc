/** The encoding that the first bytes of a text announce. */
export function encodingOf(head: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** Fewer characters could be numbers of 16 bits. */
const MIN_CHARACTERS = 8;

/** Whether bytes are text in UTF-16 that does not say so: ASCII with a zero byte before or behind each character. */
export function isUnmarkedUtf16(head: Uint8Array): boolean {
  const bytes = head.subarray(0, 256);
  const pairs = Math.floor(bytes.length / 2);
  const characters = (first: number) =>
    Array.from({ length: pairs }, (_none, at) => {
      const [character = 0, zero = 1] = [bytes[2 * at + first], bytes[2 * at + 1 - first]];
      return (
        zero === 0 &&
        (character === 9 || character === 10 || character === 13 || (character >= 32 && character < 127))
      );
    }).filter(Boolean).length;
  return pairs >= MIN_CHARACTERS && (characters(0) === pairs || characters(1) === pairs);
}
