import type { Folder, SourceFile } from './files/folder.ts';
import type { FileMatch, Importer } from './importer.ts';

/** A claim that stands: the files of a folder that one importer will read. */
export type RecognisedSource = Omit<FileMatch, 'files'> & {
  readonly importer: Importer;
  readonly folder: Folder;
};

/** A file that several importers claim alike. */
export type Ambiguity = { readonly path: string; readonly kinds: readonly string[] };

export type RecognisedFolder = {
  readonly sources: readonly RecognisedSource[];
  readonly ambiguous: readonly Ambiguity[];
  /** Files that nobody claims, by path. */
  readonly unrecognised: readonly string[];
  /** Importers that broke off while they looked. */
  readonly failed: readonly { readonly kind: string; readonly reason: string }[];
};

/** Which importer reads the files below a path (a file, a folder, or the whole where empty), instead of a guess. */
export type KindRule = { readonly path: string; readonly kind: string };

const MIN_CONFIDENCE = 0.5;
const CONFIDENCE_MARGIN = 0.2;

type Candidate = { readonly importer: Importer; readonly match: FileMatch };

/** Gives each file to the importer that is surest of it; files that several are alike sure of go to none. */
export async function recognise(
  importers: readonly Importer[],
  folder: Folder,
  rules: readonly KindRule[] = [],
): Promise<RecognisedFolder> {
  const candidates: Candidate[] = [];
  const failed: { kind: string; reason: string }[] = [];
  for (const importer of importers) {
    const matches = await importer.detect(folder).catch((error: unknown) => {
      failed.push({ kind: importer.kind, reason: error instanceof Error ? error.message : String(error) });
      return [];
    });
    candidates.push(...matches.flatMap((match) => candidateOf(importer, match, rules)));
  }
  const ranked = candidates.toSorted(
    (left, right) =>
      right.match.confidence - left.match.confidence || right.match.files.length - left.match.files.length,
  );
  const { taken, ambiguous } = assign(ranked);
  const order = new Map(candidates.map((candidate, index) => [candidate, index]));
  const sources = [...taken]
    .toSorted(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
    .map(([{ importer, match }, files]) => ({ importer, ...match, folder: folderOfMatch(folder, files) }));
  const matched = new Set([...ambiguous.keys(), ...[...taken.values()].flat().map(({ path }) => path)]);
  return {
    sources,
    ambiguous: [...ambiguous].map(([path, kinds]) => ({ path, kinds: [...kinds] })),
    unrecognised: folder.files.map(({ path }) => path).filter((path) => !matched.has(path)),
    failed,
  };
}

/** What a claim offers where files of their own kind were asked for; nothing where it is unsure. */
function candidateOf(importer: Importer, match: FileMatch, rules: readonly KindRule[]): Candidate[] {
  const files = match.files.filter(({ path }) => {
    const asked = kindAskedFor(rules, path);
    return asked === undefined ? match.confidence >= MIN_CONFIDENCE : asked === importer.kind;
  });
  return files.length > 0 ? [{ importer, match: { ...match, files } }] : [];
}

/** The rule with the longest path that holds a file decides about it. */
function kindAskedFor(rules: readonly KindRule[], path: string): string | undefined {
  const holding = rules.filter((rule) => {
    const root = rule.path.replace(/\/$/, '');
    return root === '' || root === path || path.startsWith(`${root}/`);
  });
  return holding.toSorted((left, right) => right.path.length - left.path.length)[0]?.kind;
}

/** The surest offer takes its files first; whoever comes later gets what is left, unless it is alike sure. */
function assign(ranked: readonly Candidate[]) {
  const owners = new Map<SourceFile, Candidate>();
  const taken = new Map<Candidate, SourceFile[]>();
  const ambiguous = new Map<string, Set<string>>();
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

/** A whole store that is at least as sure as a claim on one of its files settles the matter. */
function competes(candidate: Candidate, owner: Candidate): boolean {
  if (candidate.importer === owner.importer) return false;
  const whole = new Set(owner.match.files);
  const inside =
    candidate.match.files.length < whole.size && candidate.match.files.every((file) => whole.has(file));
  return !inside && owner.match.confidence - candidate.match.confidence < CONFIDENCE_MARGIN - 1e-9;
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

/** The files keep their paths; the name is that of the innermost folder that holds them all. */
function folderOfMatch(folder: Folder, files: readonly SourceFile[]): Folder {
  const folders = files.map(({ path }) => path.split('/').slice(0, -1));
  const [first = []] = folders;
  const shared = first.findIndex((part, depth) => folders.some((parts) => parts[depth] !== part));
  const depth = shared < 0 ? first.length : shared;
  return { name: first[depth - 1] ?? folder.name, files };
}
