/** Characters of a chunk, and how many chunks of a longer text are read. */
export const CHUNK_CHARACTERS = 2_048;
export const MOST_CHUNKS = 8;

/**
 * The parts of a text that are classified: all of a short one, else eight parts at equal distances, the first and
 * the last included. A part begins after a line break, if one is near.
 */
export function chunksOf(text: string): string[] {
  if (text.length <= CHUNK_CHARACTERS) return [text];
  const needed = Math.ceil(text.length / CHUNK_CHARACTERS);
  const count = Math.min(MOST_CHUNKS, needed);
  const stride = (text.length - CHUNK_CHARACTERS) / (count - 1);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.round(index * stride);
    const after = index === 0 ? 0 : text.indexOf('\n', start) + 1;
    const from = after > start && after - start <= 200 ? after : start;
    return text.slice(from, from + CHUNK_CHARACTERS);
  });
}
