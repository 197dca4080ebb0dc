import { appendAll } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { grouped } from '../exposure/groups.ts';
import type { Consumed, Group } from '../exposure/groups.ts';
import type { ConsumedUpTo } from '../exposure/consumed-up-to.ts';
import { doubtsAbout, weakestOf } from '../exposure/run-exposure.ts';
import { labelReader } from '../exposure/shard-labels.ts';
import type { ShardLabel } from '../exposure/shard-labels.ts';
import type { SummaryFieldName, SummaryStatement } from '../generated/schema.ts';
import type { Retraction } from '../ledger/read-retractions.ts';
import { amountFacts, isOpen, MAX_EVIDENCE, rangeOf, sizeStatement } from './amount-statements.ts';
import type { Described, FieldFacts } from './amount-statements.ts';
import { labelledBy, partNamed, within } from './attribute-labels.ts';
import type { Labelled } from './attribute-labels.ts';
import { datasetsOf } from './datasets.ts';
import type { Datasets } from './datasets.ts';
import { ACQUISITIONS } from './fields.ts';
import type { Acquisition } from './fields.ts';

/** Share of the public datasets above which the template lists one by itself. */
const LARGE = 0.03;

/** The value of `modality` of which the template asks for the number of tokens. */
const TEXT = 'text';

export type ConsumedContent = {
  readonly facts: ReadonlyMap<SummaryFieldName, FieldFacts>;
  /** All that was consumed, by unit. */
  readonly groups: readonly Group[];
  /** How anything that was consumed was obtained. */
  readonly acquired: ReadonlySet<Acquisition>;
  /** Whether it is known of all that the run consumed, and nothing of that is missing. */
  readonly isAcquisitionKnown: boolean;
  /** The facts that name what was consumed. */
  readonly evidence: readonly number[];
  readonly lacking: readonly string[];
};

type Asked = {
  readonly retractions: readonly Retraction[];
  /** Whether nothing that the run consumed is known to be missing. */
  readonly isWhole: boolean;
  readonly as_of: LogPosition;
};

/** What facts say of what a run consumed, by the fields of the summary that have amounts. */
export async function consumedContent(
  reader: SqlReader,
  { consumption, positions }: ConsumedUpTo,
  { retractions, isWhole, as_of }: Asked,
): Promise<ConsumedContent> {
  const amounts = consumption.amounts.filter(({ whole }) => whole !== 0n);
  const content = await labelledContent(reader, amounts, as_of);
  const { labels, sources, modality, language, acquisition, domains } = content;
  const consumed = { positions: positions.slice(0, MAX_EVIDENCE), total: consumption.facts };
  const obtained = grouped(acquisition.rows, acquisition.labels, 'attribute');
  const obtainedAs = new Set(obtained.map(({ name }) => name));
  const known = amountFacts(obtained, { labels: acquisition.labels, consumed, answers: isAcquisition });
  return {
    facts: new Map([
      ...attributeFacts(content, consumed),
      ...shardFacts(content, consumed),
      ['acquisition', known],
      ['retractedContent', retractedFacts(amounts, retractions, { labels, consumed })],
    ]),
    groups: inOne(amounts),
    acquired: new Set(ACQUISITIONS.filter((one) => obtainedAs.has(one))),
    isAcquisitionKnown: isWhole && !isOpen(known) && acquisition.lacking.length === 0,
    evidence: evidenceOf(
      [labels, modality.labels, language.labels, acquisition.labels, domains.labels],
      sources.datasets.values(),
    ),
    lacking: [
      ...doubtsAbout(labels),
      ...[modality, language, acquisition, domains].flatMap(({ lacking }) => lacking),
    ],
  };
}

/** What was consumed, with what it is divided by. */
type LabelledContent = {
  readonly amounts: readonly Consumed[];
  readonly labels: ReadonlyMap<string, ShardLabel>;
  readonly sources: Datasets;
  readonly modality: Labelled;
  readonly language: Labelled;
  readonly acquisition: Labelled;
  /** The part that was crawled, by domain name. */
  readonly domains: Labelled;
};

async function labelledContent(
  reader: SqlReader,
  amounts: readonly Consumed[],
  as_of: LogPosition,
): Promise<LabelledContent> {
  const shards = amounts.map(({ shard }) => shard);
  const readLabels = await labelReader(reader, shards, as_of);
  const labels = await readLabels(shards, '');
  const labelled = (attribute: string, rows: readonly Consumed[]): Promise<Labelled> =>
    labelledBy(reader, rows, { attribute, readLabels, as_of });
  const acquisition = await labelled('acquisition', amounts);
  const crawled = partNamed(amounts, acquisition, 'crawled');
  const fqdn = await labelled('fqdn', crawled.rows);
  return {
    amounts,
    labels,
    sources: await datasetsOf(reader, labels, as_of),
    modality: await labelled('modality', amounts),
    language: await labelled('language', amounts),
    acquisition,
    domains: { ...fqdn, ...within(crawled, fqdn) },
  };
}

type Facts = [SummaryFieldName, FieldFacts][];

/** The fields that attributes of shards and slices answer, and the size, of which the template has ranges for text. */
function attributeFacts(content: LabelledContent, consumed: Described['consumed']): Facts {
  const { amounts, labels, modality, language, domains } = content;
  const modalities = grouped(modality.rows, modality.labels, 'attribute');
  const isText = modalities.length > 0 && modalities.every(({ name }) => name === TEXT);
  const languages = grouped(language.rows, language.labels, 'attribute');
  const crawled = grouped(domains.rows, domains.labels, 'attribute');
  return [
    [
      'modalities',
      amountFacts(modalities, { labels: modality.labels, consumed, isText: (name) => name === TEXT }),
    ],
    ['size', sizeFacts(amounts, { groups: inOne(amounts), labels, consumed, isText })],
    ['languages', amountFacts(languages, { labels: language.labels, consumed })],
    ['crawledDomains', amountFacts(crawled, { labels: domains.labels, consumed })],
  ];
}

/** The fields that slices and registrations of shards answer. */
function shardFacts(
  { amounts, labels, sources, acquisition }: LabelledContent,
  consumed: Described['consumed'],
): Facts {
  const part = partNamed(amounts, acquisition, 'public_dataset');
  const publicly = within(part, { rows: part.rows, labels: sources.labels });
  const shown = (key: string) => sources.datasets.get(key);
  const sourced = { consumed, shown, namedAs: 'declared' } as const;
  return [
    ['contentTypes', amountFacts(bySlice(amounts), { labels, consumed })],
    [
      'dataSources',
      amountFacts(grouped(amounts, sources.labels, 'source'), { ...sourced, labels: sources.labels }),
    ],
    ['licences', amountFacts(grouped(amounts, labels, 'licence'), { labels, consumed, namedAs: 'declared' })],
    [
      'publicDatasets',
      amountFacts(grouped(publicly.rows, publicly.labels, 'source'), {
        ...sourced,
        labels: publicly.labels,
        largeAbove: LARGE,
      }),
    ],
  ];
}

function evidenceOf(
  labels: readonly ReadonlyMap<string, ShardLabel>[],
  datasets: Iterable<{ readonly evidence: Iterable<number> }>,
): number[] {
  const positions: number[] = [];
  for (const map of labels) for (const { evidence } of map.values()) appendAll(positions, evidence);
  for (const { evidence } of datasets) appendAll(positions, [...evidence]);
  return positions;
}

const bySlice = (amounts: readonly Consumed[]): Group[] =>
  grouped(
    amounts.map((row) => ({ ...row, shard: '' })),
    new Map(),
    'shard',
  );

const inOne = (amounts: readonly Consumed[]): Group[] =>
  bySlice(amounts.map((row) => ({ ...row, slice_name: 'consumed, repetitions included' })));

const isAcquisition = ({ name }: Pick<Group, 'name'>): boolean => ACQUISITIONS.some((one) => one === name);

type Known = Pick<Described, 'labels' | 'consumed'>;
type Sized = Known & { readonly groups: readonly Group[]; readonly isText: boolean };

/** What was consumed, and how large the shards are that it was read from, where that is known of all of them. */
function sizeFacts(amounts: readonly Consumed[], { groups, labels, consumed, isText }: Sized): FieldFacts {
  const whole = amountFacts(groups, {
    labels: new Map(),
    consumed,
    isText: () => isText,
    answers: ({ unit }) => unit !== 'share',
  });
  const shards = sizeOfShards(amounts, labels, isText);
  const statements = [...whole.statements, ...(shards ? [shards] : [])];
  return { ...whole, statements, statementsTotal: statements.length };
}

function sizeOfShards(
  amounts: readonly Consumed[],
  labels: ReadonlyMap<string, ShardLabel>,
  isText: boolean,
): SummaryStatement | undefined {
  const sizes = new Map<string, number>();
  const methods = new Set<string>();
  const positions: number[] = [];
  for (const { shard } of amounts) {
    const label = labels.get(shard);
    if (!label || label.tokens === null) return undefined;
    sizes.set(label.address, label.tokens);
    methods.add(label.tokens_method);
    appendAll(positions, label.evidence);
  }
  if (sizes.size === 0) return undefined;
  const tokens = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return sizeStatement('in the shards that were read, each once', {
    tokens,
    range: isText ? rangeOf(tokens) : null,
    method: weakestOf(methods),
    positions,
  });
}

/** What was consumed of shards that must not be used any more, by retraction. */
function retractedFacts(
  amounts: readonly Consumed[],
  retractions: readonly Retraction[],
  { labels, consumed }: Known,
): FieldFacts {
  const byShard = new Map<string, Retraction>();
  for (const retraction of retractions)
    if (!byShard.has(retraction.shard_id)) byShard.set(retraction.shard_id, retraction);
  const byKey = new Map<string, Retraction>();
  const marked = new Map(
    [...labels].map(([shard, label]): [string, ShardLabel] => {
      const [found] = [shard, ...label.members].flatMap((member) => byShard.get(member) ?? []);
      if (!found) return [shard, { ...label, source: null }];
      const key = String(found.evidence);
      byKey.set(key, found);
      return [shard, { ...label, source: key, evidence: [] }];
    }),
  );
  const groups = grouped(amounts, marked, 'source').filter(({ name }) => name !== null);
  const shown = (key: string) => {
    const found = byKey.get(key);
    if (!found) return undefined;
    return { text: `${found.reason} (${found.actor})`, link: null, evidence: [found.evidence] };
  };
  return amountFacts(groups, { labels: marked, consumed, shown, namedAs: 'declared' });
}
