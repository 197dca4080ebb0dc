import { EXIT, Exit } from './exit.ts';
import type { EntityKind } from './generated/documents.ts';

/** Every kind with its plural and other words for it on the command line. */
const WORDS: readonly (readonly [kind: EntityKind, plural: string, ...others: string[]])[] = [
  ['run', 'runs'],
  ['experiment', 'experiments'],
  ['mixture', 'mixtures'],
  ['snapshot', 'snapshots'],
  ['shard', 'shards'],
  ['source', 'sources', 'packages'],
  ['slice', 'slices'],
  ['pipeline', 'pipelines'],
  ['step', 'steps'],
  ['checkpoint', 'checkpoints'],
  ['score', 'scores', 'evaluations', 'evaluation'],
  ['routing', 'routings'],
  ['influence', 'influences'],
  ['question', 'questions'],
  ['answer', 'answers'],
  ['actor', 'actors', 'people'],
  ['project', 'projects'],
  ['job', 'jobs'],
  ['dataset', 'datasets'],
  ['uri', 'uris', 'addresses'],
  ['name', 'names'],
];

const KINDS: ReadonlyMap<string, EntityKind> = new Map(
  WORDS.flatMap(([kind, ...words]) => [kind, ...words].map((word) => [word, kind] as const)),
);

/** What `kindFrom` takes, for help. */
export const kindWords = WORDS.map(([, plural]) => plural);

/** The kind that a word names; undefined where it names none. */
export const kindNamed = (word: string): EntityKind | undefined => KINDS.get(word.toLowerCase());

/** Throws Exit for a word that names no kind. */
export function kindFrom(word: string): EntityKind {
  const kind = kindNamed(word);
  if (kind !== undefined) return kind;
  throw new Exit(EXIT.usage, `${word} is no kind; there are: ${kindWords.join(', ')}`);
}
