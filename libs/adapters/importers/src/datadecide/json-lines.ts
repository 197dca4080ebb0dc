import { objectIn } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';

export type JsonLine = { readonly line: number; readonly members: JsonObject | undefined };

/** The lines of a JSONL text that are not blank, numbered from 1. */
export function jsonLines(text: string): JsonLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ line, members: parsed(source) }));
}

function parsed(source: string): JsonObject | undefined {
  try {
    return objectIn(JSON.parse(source));
  } catch {
    return undefined;
  }
}
