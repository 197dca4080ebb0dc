/* Recorded text is not trusted: control characters could rewrite the screen, and bidirectional ones what stands on it. */

/** Replaces control characters. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\uFFFD');

/** Replaces the control characters of a whole output but the line feeds and tabs that shape it. */
export const printableText = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]|\p{Cf}/gu, '\uFFFD');

/** Escapes the characters that JSON lets stand and a terminal may obey. They occur within its strings alone. */
export const printableJson = (json: string): string =>
  json.replaceAll(/[^\P{Cc}\n\t]|\p{Cf}/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Written alone, it empties the line of a terminal, and passes. */
export const CLEAR_LINE = '\r\u001B[K';

/** The part of a stream by which everything is written to it. */
type Written = {
  write: (chunk: string | Uint8Array, encoding?: never, written?: never) => boolean;
};

/**
 * Makes streams of a process print no control characters, whoever writes to them: its own messages, `console`, loggers of
 * frameworks. What must arrive unchanged escapes them before, as `printableJson` does.
 */
export function printOnlyPrintable(streams: readonly Written[]): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    stream.write = (chunk, encoding, written) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      return write(text === CLEAR_LINE ? text : printableText(text), encoding, written);
    };
  }
}
