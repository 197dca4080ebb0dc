const INVALID = 255;
const DASH = 45;

/** Digit value by character code. Only lower case, so that the text can be restored exactly. */
const DIGIT = new Uint8Array(256).fill(INVALID);
for (let value = 0; value < 16; value += 1) DIGIT[value.toString(16).charCodeAt(0)] = value;

/** Index in the text of the two digits of each of the 16 bytes. */
const PAIRS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/** Writes the 16 bytes of a canonical lower-case UUID. Returns false for another text; the target is then overwritten. */
export function writeUuid(text: string, target: Uint8Array, offset: number): boolean {
  if (text.length !== 36 || !hasDashes(text)) return false;
  let bad = 0;
  for (let index = 0; index < 16; index += 1) {
    const at = PAIRS[index] ?? 0;
    const left = text.charCodeAt(at);
    const right = text.charCodeAt(at + 1);
    const high = DIGIT[left & 255] ?? INVALID;
    const low = DIGIT[right & 255] ?? INVALID;
    bad |= high | low | (((left | right) >> 8) << 4);
    target[offset + index] = (high << 4) | low;
  }
  return bad < 16;
}

const hasDashes = (text: string): boolean =>
  text.charCodeAt(8) === DASH &&
  text.charCodeAt(13) === DASH &&
  text.charCodeAt(18) === DASH &&
  text.charCodeAt(23) === DASH;

export function readUuid(bytes: Buffer, offset: number): string {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
