import type { ShardPath } from '../listed-members.ts';

type MixComment = { readonly line: number; readonly text: string };
export type MixLines = {
  readonly shards: readonly ShardPath[];
  readonly comments: readonly MixComment[];
  /** 1-based numbers of the lines that are not `label,path`, a comment or blank. */
  readonly unreadable: readonly number[];
};

/** A comment can follow on the same line. */
const LABELLED = /^(?<label>[^,#]+),\s*(?<path>[^,\s]+)(?:\s+#.*)?$/;

/** A comment can be enclosed in any number of `#`. */
function withoutMarks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '#') end -= 1;
  return line.slice(0, end).replace(/^#+/, '').trim();
}

export function mixLines(text: string): MixLines {
  const shards: ShardPath[] = [];
  const comments: MixComment[] = [];
  const unreadable: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, source] of lines.entries()) {
    const line = source.trim();
    if (line === '') continue;
    if (line.startsWith('#')) comments.push({ line: index + 1, text: withoutMarks(line) });
    else {
      const { label, path } = LABELLED.exec(line)?.groups ?? {};
      if (label !== undefined && path?.includes('/')) shards.push({ label: label.trim(), path });
      else unreadable.push(index + 1);
    }
  }
  return { shards, comments, unreadable };
}
