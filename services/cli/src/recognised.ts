import { importers, nearestKind, proposeMap, recognise } from '@tributary/importers';
import type { RecognisedSource, Folder, KindRule, RecognisedFolder, SourceFile } from '@tributary/importers';
import { smallest } from '@tributary/kernel';
import { EXIT, Exit } from './exit.ts';
import { counted } from './text/format.ts';
import { commandWord } from './text/command-word.ts';

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
  { paths, skipAmbiguous }: { readonly paths: readonly string[]; readonly skipAmbiguous: boolean },
): Promise<RecognisedFolder> {
  const found = await recognise(importers, folder, rules);
  if (found.ambiguous.length > 0 && !skipAmbiguous)
    throw new Exit(EXIT.failed, ambiguousText(found), 'kind_ambiguous');
  const isEmpty = [found.sources, found.ambiguous, found.failed, found.unread].every(
    ({ length }) => length === 0,
  );
  if (isEmpty) throw new Exit(EXIT.failed, await nothingText(folder, rules, paths), 'kind_not_recognised');
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

/** Three lines: what the first file that a map could read looks like, the nearest kind, and the command to try. */
async function nothingText(
  { name, files }: Folder,
  rules: readonly KindRule[],
  paths: readonly string[],
): Promise<string> {
  const { file, looksLike, proposal } = await mostReadable(files);
  const where = whereOf(paths, files.length > 1 ? file : undefined);
  const nearest = rules[0]?.kind ?? nearestKind(file?.path ?? '', proposal);
  const { looksFor = '' } = importers.find(({ kind }) => kind === nearest) ?? {};
  const command = proposal
    ? `Try: tributary map ${where} > map.yaml, then: tributary import ${where} --map map.yaml`
    : 'Try: tributary import --help for all kinds, or a map of your own (docs/guides/maps.md): tributary import PATH --map FILE';
  return [
    `Nothing in ${name} (${counted(files.length, 'file')}) was recognised. ${file?.path ?? 'It'} looks like ${looksLike}.`,
    `The nearest kind is ${nearest}, which looks for ${looksFor}.`,
    command,
  ].join('\n');
}

/** The paths as a command names them: of one folder with several files, a file in it. */
function whereOf(paths: readonly string[], file: SourceFile | undefined): string {
  const [path = ''] = paths;
  const isInFolder = paths.length === 1 && file !== undefined;
  return isInFolder
    ? commandWord(`${path.replace(/\/$/, '')}/${file.path}`)
    : paths.map(commandWord).join(' ');
}

const EXAMINED = 50;

async function mostReadable(files: readonly SourceFile[]) {
  const [first] = files;
  for (const file of files.slice(0, EXAMINED)) {
    const proposed = await proposeMap(file);
    if (proposed.proposal) return { file, ...proposed };
  }
  return first
    ? { file: first, ...(await proposeMap(first)) }
    : { file: undefined, looksLike: 'an empty folder', proposal: undefined };
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
