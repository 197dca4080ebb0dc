import type { SourceFile } from '../../files/folder.ts';
import { headTextOf } from '../rows/file-rows.ts';
import { proposeMap, readablePart } from './propose-map.ts';
import type { ProposedMap } from './propose-map.ts';
import type { Proposal } from './table-map.ts';

/** Files that look alike, with the map that is proposed for all of them if there is one. */
export type FilesAlike = ProposedMap & { readonly files: readonly SourceFile[] };

/** A line that merely looks like one of a log occurs once. */
const MIN_LINES = 2;

/**
 * Proposes a map for the files of each kind: those with the most files first, those without a proposal last. Where the
 * files do not say the run, their paths do, so that two files are two runs.
 */
export async function proposeMaps(files: readonly SourceFile[]): Promise<FilesAlike[]> {
  const kinds: FilesAlike[] = [];
  for (const file of files) {
    const proposed = await proposeMap(file);
    const at = await indexOfKind(kinds, file, proposed);
    const kind = kinds[at];
    if (kind === undefined) kinds.push({ ...proposed, files: [file] });
    else
      kinds[at] = {
        ...kind,
        files: [...kind.files, file],
        proposal: joined(kind.proposal, proposed.proposal),
      };
  }
  return kinds
    .map((kind) => ({ ...kind, proposal: kind.files.length > 1 ? withRun(kind) : kind.proposal }))
    .toSorted((left, right) => rank(right) - rank(left));
}

const rank = ({ files, proposal }: FilesAlike): number => (proposal === undefined ? 0 : files.length);

/** The kind that a file is of; -1 for one of its own. */
async function indexOfKind(
  kinds: readonly FilesAlike[],
  file: SourceFile,
  { proposal, looksLike }: ProposedMap,
): Promise<number> {
  const text = proposal?.['reads'] === 'log' ? await headTextOf(file) : undefined;
  return kinds.findIndex((kind) => {
    if (kind.proposal === undefined || proposal === undefined)
      return kind.proposal === proposal && kind.looksLike === looksLike;
    if (text !== undefined && kind.proposal['reads'] === 'log') return readsLines(kind.proposal, text);
    return keyOf(kind.proposal) === keyOf(proposal);
  });
}

/** Whether the patterns of a map match the lines of a text. */
function readsLines(proposal: Proposal, text: string): boolean {
  const { patterns } = readablePart(proposal);
  const found = text
    .split('\n')
    .filter((line) => patterns.some((pattern) => pattern.match(line) !== undefined));
  return found.length >= MIN_LINES;
}

/** What tables of one kind have in common. They can have other metrics. */
const keyOf = ({ metrics, ...others }: Proposal): string => JSON.stringify([others, metrics === undefined]);

/** A proposal for tables that have other metrics: every column of numbers is one. */
function joined(left: Proposal | undefined, right: Proposal | undefined): Proposal | undefined {
  if (left === undefined || left['reads'] === 'log') return left;
  return JSON.stringify(left) === JSON.stringify(right) ? left : { ...left, metrics: 'all' };
}

const ENDING = /\.([A-Za-z0-9]{1,8})(\.gz)?$/;

/** The proposal with the path as run, where nothing else names it. It reads only files that end alike. */
function withRun({ files, proposal }: FilesAlike): Proposal | undefined {
  if (proposal === undefined || 'path' in proposal) return proposal;
  const { reads, run, ...others } = proposal;
  if (run !== undefined && run !== '?') return proposal;
  const endings = [...new Set(files.map(({ path }) => ENDING.exec(path)?.[1] ?? ''))];
  const ending = endings.includes('') ? '' : String.raw`\.(?:${endings.join('|')})(?:\.gz)?`;
  return { reads, path: `^(?P<run>.+?)${ending}$`, run: 'run', ...others };
}
