import type { Proposal } from './table-map.ts';

/** Kinds by the ends of names, for files of which no map can be proposed. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/\.parquet$/i, 'parquet-history'],
  [/\.(json|jsonld)(\.gz)?$/i, 'lm-eval'],
  [/\.ya?ml$/i, 'olmo-training'],
  [/\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i, 'manifest'],
];

/** The kind whose files are most like a file that no importer recognises. */
export function nearestKind(path: string, proposal: Proposal | undefined): string {
  if (proposal === undefined) return BY_NAME.find(([name]) => name.test(path))?.[1] ?? 'megatron-log';
  if ('benchmark' in proposal || 'benchmarks' in proposal) return 'score-table';
  if ('slice' in proposal) return 'sweep';
  return proposal['reads'] === 'log' ? 'nanogpt-console' : 'torchtitan';
}
