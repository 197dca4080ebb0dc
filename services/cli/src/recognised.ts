import { importers, recognise } from '@tributary/importers';
import type { RecognisedSource, Folder, KindRule, RecognisedFolder } from '@tributary/importers';
import { smallest } from '@tributary/kernel';
import { EXIT, Exit } from './exit.ts';
import { counted } from './text/format.ts';

/** The recognised sources of one kind. */
export type RecognisedKind = {
  readonly kind: string;
  readonly sources: number;
  readonly files: number;
  /** The lowest confidence of its sources. */
  readonly confidence: number;
  readonly evidence: readonly string[];
};

const NAMED = 20;

/**
 * Recognises the sources of a folder. Exits with `kind_ambiguous` where files could be read by several importers, and with
 * `kind_not_recognised` where nothing can be read.
 */
export async function recognised(
  folder: Folder,
  rules: readonly KindRule[],
  skipAmbiguous: boolean,
): Promise<RecognisedFolder> {
  const found = await recognise(importers, folder, rules);
  if (found.ambiguous.length > 0 && !skipAmbiguous)
    throw new Exit(EXIT.failed, ambiguousText(found), 'kind_ambiguous');
  if (found.sources.length === 0 && found.ambiguous.length === 0 && found.failed.length === 0)
    throw new Exit(EXIT.failed, nothingText(folder, rules), 'kind_not_recognised');
  return found;
}

function ambiguousText({ ambiguous }: RecognisedFolder): string {
  const files = ambiguous.slice(0, NAMED).map(({ path, kinds }) => `  ${path}: ${kinds.join(' or ')}`);
  const more = ambiguous.length > NAMED ? [`  and ${ambiguous.length - NAMED} more`] : [];
  const [first] = ambiguous;
  return [
    `${counted(ambiguous.length, 'file')} could be read in several ways:`,
    ...files,
    ...more,
    `Say which with --as KIND, or for some files --as ${first?.path ?? 'PATH'}=${first?.kinds[0] ?? 'KIND'}, ` +
      'or leave them out with --skip-ambiguous.',
  ].join('\n');
}

function nothingText({ name, files }: Folder, rules: readonly KindRule[]): string {
  const wanted = new Set(rules.map(({ kind }) => kind));
  const tried = importers.filter(({ kind }) => wanted.size === 0 || wanted.has(kind));
  return [
    `Nothing in ${name} (${counted(files.length, 'file')}) was recognised.`,
    ...tried.map(({ kind, looksFor }) => `  ${kind} looked for ${looksFor}`),
  ].join('\n');
}

export function byKind(sources: readonly RecognisedSource[]): RecognisedKind[] {
  const kinds = new Map<string, RecognisedSource[]>();
  for (const source of sources)
    kinds.set(source.importer.kind, [...(kinds.get(source.importer.kind) ?? []), source]);
  return [...kinds].map(([kind, members]) => ({
    kind,
    sources: members.length,
    files: members.reduce((total, { folder }) => total + folder.files.length, 0),
    confidence: smallest(members.map(({ confidence }) => confidence)),
    evidence: members.flatMap(({ evidence }) => evidence),
  }));
}
