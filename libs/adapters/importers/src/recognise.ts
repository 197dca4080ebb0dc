import { appendAll } from '@tributary/kernel';
import { filterHeld } from './files/folder.ts';
import type { Folder, SkippedEntry, SourceFile } from './files/folder.ts';
import { isVocabulary } from './files/vocabulary.ts';
import { isProseOrProgram, isScript } from './files/file-names.ts';
import { isGzipEndsEarly, isGzipTooLarge } from './files/gunzip.ts';
import type { FileMatch, Importer } from './importer.ts';

/** The files of a folder that were assigned to one importer. */
export type RecognisedSource = Omit<FileMatch, 'files'> & {
  readonly importer: Importer;
  readonly folder: Folder;
  /** Whether it is a file that its importer does not recognise, and that the caller names as one of its kind. */
  readonly isAsked?: true;
};

/** A file that several importers match with similar confidence. */
export type Ambiguity = { readonly path: string; readonly kinds: readonly string[] };

export type RecognisedFolder = {
  readonly sources: readonly RecognisedSource[];
  readonly ambiguous: readonly Ambiguity[];
  /** Paths of the files that no importer matches. */
  readonly unrecognised: readonly string[];
  /** Files that hold too much to be looked at, and that no importer matches, each with the reason. */
  readonly unread: readonly SkippedEntry[];
  /** Importers whose detection failed. */
  readonly failed: readonly { readonly kind: string; readonly reason: string }[];
};

/** Forces the importer for the files below a path: a file, a folder, or everything if the path is empty. */
export type KindRule = { readonly path: string; readonly kind: string };

const MIN_CONFIDENCE = 0.5;
const CONFIDENCE_MARGIN = 0.2;

type Candidate = { readonly importer: Importer; readonly match: FileMatch; readonly isAsked?: true };

/**
 * Assigns each file to the importer with the highest confidence. Files with several similar matches are ambiguous and
 * go to none. A file that a rule names is read as its kind, whether its importer recognises it or not: the importer says
 * what contradicts it. Throws Fault `gzip_ends_early` for a file of which a part would not be read.
 */
export async function recognise(
  importers: readonly Importer[],
  folder: Folder,
  rules: readonly KindRule[] = [],
): Promise<RecognisedFolder> {
  const candidates: Candidate[] = [];
  const vocabularies = new Set(await filterHeld(folder.files, isVocabulary));
  const failed: { kind: string; reason: string }[] = [];
  for (const importer of importers) {
    const files = folder.files.filter(
      (file) =>
        kindAskedFor(rules, file.path) === importer.kind ||
        (!vocabularies.has(file) && mayHold(importer, file.path)),
    );
    const matches = await detectIn(importer, { ...folder, files }).catch((error: unknown) => {
      if (isGzipEndsEarly(error)) throw error;
      failed.push({ kind: importer.kind, reason: error instanceof Error ? error.message : String(error) });
      return [];
    });
    for (const match of matches) appendAll(candidates, candidateOf(importer, match, rules));
    appendAll(candidates, askedOf(importer, folder, matches, rules));
  }
  const ranked = candidates.toSorted(
    (left, right) =>
      right.match.confidence - left.match.confidence || right.match.files.length - left.match.files.length,
  );
  const { taken, ambiguous } = assign(ranked);
  const order = new Map(candidates.map((candidate, index) => [candidate, index]));
  const sources = [...taken]
    .toSorted(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
    .map(([{ importer, match, ...asked }, files]) => ({
      importer,
      ...match,
      ...asked,
      folder: folderOfMatch(folder, files),
    }));
  const matched = new Set([...ambiguous.keys(), ...[...taken.values()].flat().map(({ path }) => path)]);
  return {
    sources,
    ambiguous: [...ambiguous].map(([path, kinds]) => ({ path, kinds: [...kinds] })),
    unrecognised: folder.files.map(({ path }) => path).filter((path) => !matched.has(path)),
    unread: folder.files.flatMap(({ path, tooLarge: reason }) =>
      reason === undefined || matched.has(path) ? [] : [{ path, reason }],
    ),
    failed,
  };
}

/**
 * What an importer detects among the files that it can hold. One that meets a file which holds too much begins again without
 * all of which that is known, so that the files of a folder add up the beginnings of all importers, and do not multiply them.
 */
async function detectIn(importer: Importer, folder: Folder): Promise<readonly FileMatch[]> {
  let { files } = folder;
  for (;;) {
    try {
      return await importer.detect({ ...folder, files });
    } catch (error) {
      const left = files.filter(({ tooLarge }) => tooLarge === undefined);
      if (!isGzipTooLarge(error) || left.length === files.length) throw error;
      files = left;
    }
  }
}

/** Whether an importer looks at a file: at prose, programs and scripts only where its kind has them. */
function mayHold({ looksAt }: Importer, path: string): boolean {
  if (looksAt === 'everything') return true;
  return !isProseOrProgram(path) && (looksAt === 'scripts' || !isScript(path));
}

/** The files of a match that the rules leave to it. Without a rule, a match below the minimum confidence is dropped. */
function candidateOf(importer: Importer, match: FileMatch, rules: readonly KindRule[]): Candidate[] {
  const files = match.files.filter(({ path }) => {
    const asked = kindAskedFor(rules, path);
    return asked === undefined ? match.confidence >= MIN_CONFIDENCE : asked === importer.kind;
  });
  return files.length > 0 ? [{ importer, match: { ...match, files } }] : [];
}

/** Files that a rule names as of the importer's kind, and that it does not recognise: each is a source of its own. */
function askedOf(
  importer: Importer,
  { files }: Folder,
  matches: readonly FileMatch[],
  rules: readonly KindRule[],
): Candidate[] {
  const matched = new Set(matches.flatMap((match) => match.files));
  const isNamed = ({ path }: SourceFile) =>
    rules.some((rule) => rule.path === path || (rule.path === '' && files.length === 1)) &&
    kindAskedFor(rules, path) === importer.kind;
  return files
    .filter((file) => isNamed(file) && !matched.has(file))
    .map((file) => {
      const evidence = [`${file.path} is read as ${importer.kind} because --as says so`];
      return { importer, match: { files: [file], confidence: 0, evidence }, isAsked: true };
    });
}

/** The kind that the most specific rule for a file requires. */
function kindAskedFor(rules: readonly KindRule[], path: string): string | undefined {
  const holding = rules.filter((rule) => {
    const root = rule.path.replace(/\/$/, '');
    return root === '' || root === path || path.startsWith(`${root}/`);
  });
  return holding.toSorted((left, right) => right.path.length - left.path.length)[0]?.kind;
}

/**
 * Candidates take files in order of confidence. A later candidate of similar confidence makes a taken file ambiguous.
 */
function assign(ranked: readonly Candidate[]) {
  const owners = new Map<SourceFile, Candidate>();
  const taken = new Map<Candidate, SourceFile[]>();
  const ambiguous = new Map<string, Set<string>>();
  const competes = competition();
  for (const candidate of ranked) {
    const left: SourceFile[] = [];
    for (const file of candidate.match.files) {
      const owner = owners.get(file);
      if (!owner) left.push(file);
      else if (competes(candidate, owner)) {
        const kinds = ambiguous.get(file.path) ?? new Set([owner.importer.kind]);
        ambiguous.set(file.path, kinds.add(candidate.importer.kind));
      }
    }
    for (const file of left) owners.set(file, candidate);
    if (left.length > 0) taken.set(candidate, left);
  }
  return { taken: withoutAmbiguous(taken, ambiguous), ambiguous };
}

/**
 * Whether two matches of a file are too similar to decide. A match of a whole store wins over one of a part of it. Matches are
 * asked about once for each file that both have, so the files of the owner are put into a set once.
 */
function competition(): (candidate: Candidate, owner: Candidate) => boolean {
  const wholes = new Map<Candidate, ReadonlySet<SourceFile>>();
  return (candidate, owner) => {
    if (candidate.importer === owner.importer) return false;
    if (owner.match.confidence - candidate.match.confidence >= CONFIDENCE_MARGIN - 1e-9) return false;
    const whole = wholes.get(owner) ?? new Set(owner.match.files);
    wholes.set(owner, whole);
    const { files } = candidate.match;
    return files.length >= whole.size || !files.every((file) => whole.has(file));
  };
}

function withoutAmbiguous(
  taken: ReadonlyMap<Candidate, readonly SourceFile[]>,
  ambiguous: ReadonlyMap<string, unknown>,
): Map<Candidate, readonly SourceFile[]> {
  const clear = [...taken].map(
    ([candidate, files]) => [candidate, files.filter(({ path }) => !ambiguous.has(path))] as const,
  );
  return new Map(clear.filter(([, files]) => files.length > 0));
}

/**
 * The matched files as a folder with the name of their innermost common folder. The paths stay relative to the import.
 */
function folderOfMatch(folder: Folder, files: readonly SourceFile[]): Folder {
  const folders = files.map(({ path }) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  const shared = first.findIndex((part, depth) => folders.some((parts) => parts[depth] !== part));
  const depth = shared < 0 ? first.length : shared;
  return { name: first[depth - 1] ?? folder.name, files };
}
