import type { BatchQuery } from '../generated/documents.ts';
import { aligned, count, counted, footer, printable } from './format.ts';

export type Batch = NonNullable<BatchQuery['batch']>;
type Part = Batch['nodes'][number];

export function batchText(answer: Batch): string {
  const tables = [corporaTable(answer), documentsTable(answer), rangesTable(answer)];
  return [
    headLine(answer),
    ...noteLines(answer),
    ...tables.flatMap((table) => (table === undefined ? [] : ['', table])),
    ...moreLine(answer),
    '',
    footer(answer),
  ].join('\n');
}

/** What the batch is, and how that is known. */
function headLine({ run, step, items, of, tokens, level, encoding }: Batch): string {
  const amounts = [
    ...(items === null ? [] : [counted(items, of ?? 'item')]),
    ...(tokens === null || of === 'token' ? [] : [counted(tokens, 'token')]),
  ];
  const known = level === null || encoding === null ? 'no order' : `${WORDS[level]} ${SOURCES[encoding]}`;
  return `${printable(run)}, step ${count(step)}: ${[...amounts, known].join(', ')}`;
}

const WORDS: Readonly<Record<NonNullable<Batch['level']>, string>> = {
  reconstructed: 'reconstructed from',
  recorded: 'recorded as',
  replayable: 'known by',
  digest_only: 'known by',
};

const SOURCES: Readonly<Record<NonNullable<Batch['encoding']>, string>> = {
  megatron_index: 'index files of Megatron',
  ranges: 'ranges of shards',
  ids: 'ids',
  sampler: 'a sampler',
  digest: 'a digest alone',
};

function noteLines({ run, trainedBy, attempt, counts, skipped, exposure }: Batch): string[] {
  const where = trainedBy === run ? `attempt ${attempt}` : `${trainedBy}, attempt ${attempt}, and inherited`;
  const lines = [
    `trained by ${where}${counts ? '' : '; a later attempt supersedes it, so it does not count'}`,
  ];
  if (skipped) lines.push('its update was skipped: nothing was learned from it');
  if (exposure) lines.push(exposureLine(exposure));
  return lines.map(printable);
}

function exposureLine({
  firstStep,
  lastStep,
  recordedTokens,
  orderedTokens,
  agrees,
}: NonNullable<Batch['exposure']>): string {
  const steps =
    firstStep === lastStep ? `step ${count(firstStep)}` : `steps ${count(firstStep)} to ${count(lastStep)}`;
  if (agrees === null)
    return `not compared with the exposure recorded of ${steps}: it was inferred from the same files`;
  return agrees
    ? `agrees with the exposure recorded of ${steps}: ${counted(recordedTokens, 'token')}`
    : `DIFFERS from the exposure recorded of ${steps}: ${count(orderedTokens)} against ${counted(recordedTokens, 'token')}`;
}

function corporaTable({ corpora }: Batch): string | undefined {
  if (corpora.length === 0) return undefined;
  return aligned(
    [
      { title: 'corpus' },
      { title: 'slice' },
      { title: 'samples', align: 'right' },
      { title: 'tokens', align: 'right' },
    ],
    corpora.map(({ path, slice, samples, tokens }) => [path, slice ?? '-', count(samples), count(tokens)]),
  );
}

/** The source row is left out where none is known; a path is named in the table of corpora, so its last part is enough. */
function documentsTable({ nodes }: Batch): string | undefined {
  if (nodes.length === 0) return undefined;
  const hasRows = nodes.some(({ sourcePath }) => sourcePath !== null);
  return aligned(
    [
      { title: 'sample', align: 'right' },
      { title: 'corpus' },
      { title: 'document', align: 'right' },
      { title: 'items' },
      { title: 'label', align: 'right' },
      ...(hasRows ? [{ title: 'source row' }] : []),
    ],
    nodes.map((part) => [
      count(part.sample),
      part.corpus.slice(part.corpus.lastIndexOf('/') + 1),
      count(part.document),
      itemsOf(part),
      part.label === null ? '' : count(part.label),
      ...(hasRows ? [part.sourcePath === null ? '-' : `${part.sourcePath}:${part.sourceRow ?? '?'}`] : []),
    ]),
  );
}

function itemsOf({ from, to }: Part): string {
  if (to === null) return `${count(from)} to its end`;
  return to === from ? 'none' : `${count(from)} to ${count(to - 1)}`;
}

function rangesTable({ ranges }: Batch): string | undefined {
  if (ranges.length === 0) return undefined;
  return aligned(
    [{ title: 'shard' }, { title: 'from', align: 'right' }, { title: 'count', align: 'right' }],
    ranges.map(({ shard, from, count: items }) => [shard, count(from), count(items)]),
  );
}

const moreLine = ({ nodes, totalCount, pageInfo }: Batch): string[] =>
  pageInfo.hasNextPage
    ? [
        '',
        `${count(nodes.length)} of ${count(totalCount)} documents; the next: --after ${pageInfo.endCursor ?? ''}`,
      ]
    : [];
