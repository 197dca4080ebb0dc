/** The documents of a token file with their token ranges. dolma writes `start,end,id,src,loc` without a header. */
export type TokenRows = {
  readonly documents: number;
  readonly tokens: number;
  /** The token offset at which the last document ends. */
  readonly end: number;
  readonly bySource: ReadonlyMap<string, number>;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** The first line whose document does not start where the previous one ended. */
  readonly gapAt: number | undefined;
};

const ROW = /^(\d+),(\d+),(.*),(-?\d+)$/;

export const looksLikeTokenRows = (head: string): boolean => {
  const lines = head
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, 20);
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  return whole.length > 0 && whole.every((line) => rowOf(line) !== undefined);
};

type TokenRow = { readonly start: number; readonly end: number; readonly source: string };

/** Ids and sources can be quoted, and an id can contain a comma. */
function rowOf(line: string): TokenRow | undefined {
  const [, start = '', end = '', middle = ''] = ROW.exec(line) ?? [];
  const [, id, source = ''] = /^(.*),("(?:[^"]|"")*"|[^,"]*)$/.exec(middle) ?? [];
  const row = {
    start: Number(start),
    end: Number(end),
    source: source.replace(/^"|"$/g, '').replaceAll('""', '"'),
  };
  const fits =
    id !== undefined && Number.isSafeInteger(row.end) && row.end >= row.start && !/^[\d.]+$/.test(source);
  return start !== '' && fits ? row : undefined;
}

export function tokenRowsIn(text: string): TokenRows {
  const bySource = new Map<string, number>();
  const rejected: { line: number; reason: string }[] = [];
  let [documents, tokens, end] = [0, 0, 0];
  let gapAt: number | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '') continue;
    const row = rowOf(line);
    if (!row) {
      rejected.push({ line: index + 1, reason: 'the line does not have the form start,end,id,src,loc' });
      continue;
    }
    if (row.start !== end) gapAt ??= index + 1;
    documents += 1;
    tokens += row.end - row.start;
    end = Math.max(end, row.end);
    bySource.set(row.source, (bySource.get(row.source) ?? 0) + row.end - row.start);
  }
  return { documents, tokens, end, bySource, rejected, gapAt };
}
