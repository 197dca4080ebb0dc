import type { ContaminationQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, percent, printable } from './format.ts';

export type Contamination = NonNullable<ContaminationQuery['contamination']>;
type Shard = Contamination['nodes'][number];
type Search = Shard['searches'][number];
type Checkpoint = Contamination['checkpoints'][number];

/** Items that the text names of a search; JSON has more. */
const NAMED = 3;

export function contaminationText(answer: Contamination): string {
  const parts = [shardTable(answer), itemLines(answer), checkpointTable(answer)];
  return [
    headLine(answer),
    ...answer.consumed.map(amountLine),
    ...parts.flatMap((part) => (part === undefined ? [] : ['', part])),
    '',
    footer(answer),
  ].join('\n');
}

function headLine({ benchmark, version, run, shards }: Contamination): string {
  const { found, nothingFound, nothingFoundInPart, notSearched } = shards;
  const all = found + nothingFound + nothingFoundInPart + notSearched;
  const of = version === null ? printable(benchmark) : `${printable(benchmark)} ${printable(version)}`;
  const where = `${count(found)} of ${counted(all, 'shard')}`;
  const open = [
    ...(notSearched > 0 ? [`${count(notSearched)} not searched`] : []),
    ...(nothingFoundInPart > 0 ? [`${count(nothingFoundInPart)} searched only in part`] : []),
  ];
  const rest = open.length === 0 ? '' : `; ${open.join(', ')}`;
  return `items of ${of} were found in ${where} that ${printable(run)} consumed${rest}`;
}

const PARTS = [
  ['found', 'in shards with items'],
  ['nothingFound', 'in shards without any'],
  ['nothingFoundInPart', 'in shards of which a part has none'],
  ['notSearched', 'in shards that were not searched'],
  ['shardUnknown', 'in no shard that is recorded'],
] as const;

function amountLine(consumed: Contamination['consumed'][number]): string {
  const { amount, unit } = consumed;
  const parts = PARTS.flatMap(([part, text]) =>
    consumed[part] > 0 ? [`${percent(consumed[part] / amount)} ${text}`] : [],
  );
  return `${unit === 'share' ? brief(amount) : count(amount)} ${unit} in all: ${parts.join(', ')}`;
}

const OUTCOMES: Readonly<Record<Shard['outcome'], string>> = {
  found: 'found',
  nothing_found: 'nothing found',
  nothing_found_in_part: 'nothing found in a part',
  not_searched: 'not searched',
};

function shardTable({ nodes, totalCount, pageInfo }: Contamination): string | undefined {
  if (nodes.length === 0) return undefined;
  const table = aligned(
    [
      { title: 'shard' },
      { title: 'outcome' },
      { title: 'items', align: 'right' },
      { title: 'consumed', align: 'right' },
      { title: 'steps' },
      { title: 'searched by' },
    ],
    nodes.map(shardCells),
  );
  if (!pageInfo.hasNextPage) return table;
  const next = printable(pageInfo.endCursor ?? '');
  return `${table}\n${count(nodes.length)} of ${counted(totalCount, 'shard')}; the next: --after ${next}`;
}

function shardCells({ shard, outcome, consumed, firstStep, lastStep, searches }: Shard): string[] {
  const most = mostFound(searches);
  return [
    shard,
    OUTCOMES[outcome],
    most === undefined ? '-' : `${count(most.itemsMatched)} of ${count(most.itemsCompared)}`,
    consumed
      .map(({ unit, amount }) => `${unit === 'share' ? brief(amount) : count(amount)} ${unit}`)
      .join(', ') || '-',
    firstStep === null || lastStep === null ? '-' : `${count(firstStep)} to ${count(lastStep)}`,
    most === undefined ? '-' : searchText(most),
  ];
}

/** The search of a shard that found the largest share of the items; the newest of those that found as much. */
const mostFound = (searches: readonly Search[]): Search | undefined =>
  searches.toSorted((left, right) => shareOf(right) - shareOf(left))[0];

const shareOf = ({ itemsMatched, itemsCompared }: Search): number => itemsMatched / itemsCompared;

function searchText({ kind, n, of, threshold, field, instrument, whole }: Search): string {
  const how = kind === 'ngram' ? `${n ?? ''}-grams${of === null ? '' : ` of ${of}`}` : kind;
  const from = threshold === null ? '' : ` from ${brief(threshold)}`;
  const text = field === null ? '' : `, in ${field}`;
  return `${instrument}, ${how}${from}${text}${whole ? '' : ', of a part'}`;
}

function itemLines({ nodes }: Contamination): string | undefined {
  const lines = nodes.flatMap(({ shard, searches }) => {
    const most = mostFound(searches);
    if (most === undefined || most.items.length === 0) return [];
    const items = most.items.slice(0, NAMED).map(({ id, share }) => {
      const found = share === null ? '' : ` (${percent(share)} of it)`;
      return `${printable(id)}${found}`;
    });
    const more = most.itemsMatched - items.length;
    return [`${printable(shard)}: ${items.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`];
  });
  return lines.length === 0 ? undefined : `items found\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function checkpointTable({ checkpoints, checkpointsTotal }: Contamination): string | undefined {
  if (checkpoints.length === 0) return undefined;
  const table = aligned(
    [
      { title: 'checkpoint' },
      { title: 'step', align: 'right' },
      { title: 'not yet', align: 'right' },
      { title: 'partly', align: 'right' },
      { title: 'wholly', align: 'right' },
      { title: 'scores' },
    ],
    checkpoints.map(checkpointCells),
  );
  const rest = checkpointsTotal - checkpoints.length;
  const more = rest > 0 ? `\nand ${counted(rest, 'checkpoint')} more` : '';
  return `shards with items that a checkpoint holds\n${table}${more}`;
}

const checkpointCells = ({ id, step, counts, notYet, partly, wholly, scores }: Checkpoint): string[] => [
  `${id ?? '-'}${counts ? '' : ' (superseded)'}`,
  count(step),
  count(notYet),
  count(partly),
  count(wholly),
  scores.map(scoreText).join(', ') || '-',
];

type Score = Checkpoint['scores'][number];

const scoreText = ({ metric, value, unit }: Score): string =>
  metric === unit ? `${metric} ${brief(value)}` : `${metric} ${brief(value)} ${unit}`;
