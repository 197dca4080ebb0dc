import { encodingOf } from '../../files/encoding.ts';
import type { TextLine } from '../../files/delimited-lines.ts';
import type { SourceFile } from '../../files/folder.ts';

/** What was odd about the text of a file. */
export type TextFlaws = {
  undecodable: number;
  tooLong: number;
  firstUndecodable: number;
  firstTooLong: number;
};

export const noFlaws = (): TextFlaws => ({
  undecodable: 0,
  tooLong: 0,
  firstUndecodable: 0,
  firstTooLong: 0,
});

/** A longer line is left out, so that a file without line ends does not fill the memory. */
const MAX_LINE = 1024 * 1024;

/**
 * The lines of a file in batches, decompressed and decoded (UTF-8, or UTF-16 with a byte order mark). A lone carriage
 * return ends a line too, but the line number counts line feeds. Throws Fault `gzip_ends_early` for gzip of which a part would not be read, and `gzip_too_large`.
 */
export async function* textLines(file: SourceFile, flaws: TextFlaws): AsyncGenerator<readonly TextLine[]> {
  let line = 1;
  let rest = '';
  let isSkipping = false;
  for await (const part of textParts(file)) {
    const sources = (rest + part).split('\n');
    rest = sources.pop() ?? '';
    const first = line;
    const isRest = isSkipping;
    const batch = sources.flatMap((source, index) =>
      isRest && index === 0 ? [] : segmentsOf(source).map((text) => lineOf(first + index, text, flaws)),
    );
    line += sources.length;
    if (sources.length > 0) isSkipping = false;
    if (rest.length > MAX_LINE) {
      if (!isSkipping) noteTooLong(line, flaws);
      isSkipping = true;
      rest = '';
    }
    if (batch.length > 0) yield batch;
  }
  if (rest !== '' && !isSkipping) yield segmentsOf(rest).map((text) => lineOf(line, text, flaws));
}

function lineOf(line: number, text: string, flaws: TextFlaws): TextLine {
  if (text.includes('\uFFFD')) {
    if (flaws.undecodable === 0) flaws.firstUndecodable = line;
    flaws.undecodable += 1;
  }
  return { line, text };
}

function noteTooLong(line: number, flaws: TextFlaws): void {
  if (flaws.tooLong === 0) flaws.firstTooLong = line;
  flaws.tooLong += 1;
}

/** A progress bar redraws its line after a carriage return; old tables end their rows with it. */
function segmentsOf(source: string): string[] {
  const text = source.endsWith('\r') ? source.slice(0, -1) : source;
  return text.includes('\r') ? text.split('\r') : [text];
}

/** The text of a file in parts, decompressed and decoded. */
export async function* textParts(file: SourceFile): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const part of file.contentParts()) {
    decoder ??= new TextDecoder(encodingOf(part));
    yield decoder.decode(part, { stream: true });
  }
  const last = decoder?.decode() ?? '';
  if (last !== '') yield last;
}
