import type { ListedShard } from '../listed-members.ts';

type MixComment = { readonly line: number; readonly text: string };
export type MixLines = {
  readonly shards: readonly ListedShard[];
  readonly comments: readonly MixComment[];
  /** Lines that are neither `label,path`, comment nor blank, from 1. */
  readonly unreadable: readonly number[];
};

/** A comment may follow on the line. */
const LABELLED = /^(?<label>[^,#]+),\s*(?<path>[^,\s]+)(?:\s+#.*)?$/;

export function mixLines(text: string): MixLines {
  const shards: ListedShard[] = [];
  const comments: MixComment[] = [];
  const unreadable: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, source] of lines.entries()) {
    const line = source.trim();
    if (line === '') continue;
    if (line.startsWith('#')) comments.push({ line: index + 1, text: line.replace(/^#+\s*|\s*#+$/g, '') });
    else {
      const { label, path } = LABELLED.exec(line)?.groups ?? {};
      if (label !== undefined && path?.includes('/')) shards.push({ label: label.trim(), path });
      else unreadable.push(index + 1);
    }
  }
  return { shards, comments, unreadable };
}
