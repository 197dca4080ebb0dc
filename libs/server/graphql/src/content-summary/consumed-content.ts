import { appendAll } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { grouped } from '../exposure/groups.ts';
import type { Consumed, Group } from '../exposure/groups.ts';
import type { ConsumedUpTo } from '../exposure/consumed-up-to.ts';
import { doubtsAbout, weakestOf } from '../exposure/run-exposure.ts';
import { labelsOf } from '../exposure/shard-labels.ts';
import type { ShardLabel } from '../exposure/shard-labels.ts';
import type { SummaryFieldName, SummaryStatement } from '../generated/schema.ts';
import type { Retraction } from '../ledger/read-retractions.ts';
import { amountFacts, MAX_EVIDENCE, sizeStatement } from './amount-statements.ts';
import type { Described, FieldFacts } from './amount-statements.ts';
import { labelledBy, partNamed } from './attribute-labels.ts';
import { datasetsOf } from './datasets.ts';
import { ACQUISITIONS } from './fields.ts';
import type { Acquisition } from './fields.ts';

/** Share of the public datasets above which the template lists one by itself. */
const LARGE = 0.03;

export type ConsumedContent = {
  readonly facts: ReadonlyMap<SummaryFieldName, FieldFacts>;
  /** All that was consumed, by unit. */
  readonly groups: readonly Group[];
  /** How anything that was consumed was obtained. */
  readonly acquired: ReadonlySet<Acquisition>;
  /** The facts that name what was consumed. */
  readonly evidence: readonly number[];
  readonly lacking: readonly string[];
};

type Asked = { readonly retractions: readonly Retraction[]; readonly as_of: LogPosition };

/** What facts say of what a run consumed, by the fields of the summary that have amounts. */
export async function consumedContent(
  reader: SqlReader,
  { consumption, positions }: ConsumedUpTo,
  { retractions, as_of }: Asked,
): Promise<ConsumedContent> {
  const amounts = consumption.amounts.filter(({ whole }) => whole !== 0n);
  const shards = amounts.map(({ shard }) => shard);
  const labels = await labelsOf(reader, shards, { attribute: '', as_of });
  const modality = await labelledBy(reader, amounts, { attribute: 'modality', as_of });
  const language = await labelledBy(reader, amounts, { attribute: 'language', as_of });
  const acquisition = await labelledBy(reader, amounts, { attribute: 'acquisition', as_of });
  const crawled = partNamed(amounts, acquisition, 'crawled');
  const domains = await labelledBy(reader, crawled, { attribute: 'fqdn', as_of });
  const sources = await datasetsOf(reader, labels, as_of);
  const consumed = { positions: positions.slice(0, MAX_EVIDENCE), total: consumption.facts };
  const shown = (key: string) => sources.datasets.get(key);
  const ofSources: Described = { labels: sources.labels, consumed, shown };
  const ofAttribute = { modality, language, acquisition, domains };
  const by = (name: keyof typeof ofAttribute): Group[] =>
    grouped(ofAttribute[name].rows, ofAttribute[name].labels, 'attribute');
  const obtained = by('acquisition');
  const publicRows = partNamed(amounts, acquisition, 'public_dataset');
  const groups = inOne(amounts);
  const facts = new Map<SummaryFieldName, FieldFacts>([
    ['size', sizeFacts(amounts, { groups, labels, consumed })],
    ['contentTypes', amountFacts(bySlice(amounts), { labels, consumed })],
    [
      'modalities',
      amountFacts(by('modality'), { labels: modality.labels, consumed, hasRange: (name) => name === 'text' }),
    ],
    ['languages', amountFacts(by('language'), { labels: language.labels, consumed })],
    ['dataSources', amountFacts(grouped(amounts, sources.labels, 'source'), ofSources)],
    ['acquisition', amountFacts(obtained, { labels: acquisition.labels, consumed, known: ACQUISITIONS })],
    ['licences', amountFacts(grouped(amounts, labels, 'licence'), { labels, consumed })],
    [
      'publicDatasets',
      amountFacts(grouped(publicRows, sources.labels, 'source'), { ...ofSources, largeAbove: LARGE }),
    ],
    ['crawledDomains', amountFacts(by('domains'), { labels: domains.labels, consumed })],
    ['retractedContent', retractedFacts(amounts, retractions, { labels, consumed })],
  ]);
  const named = new Set(obtained.map(({ name }) => name));
  return {
    facts,
    groups,
    acquired: new Set(ACQUISITIONS.filter((one) => named.has(one))),
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

type Known = Pick<Described, 'labels' | 'consumed'>;

/** What was consumed, and how large the shards are that it was read from, where that is known of all of them. */
function sizeFacts(
  amounts: readonly Consumed[],
  { groups, labels, consumed }: Known & { readonly groups: readonly Group[] },
): FieldFacts {
  const whole = amountFacts(groups, { labels: new Map(), consumed, hasRange: () => true });
  const shards = sizeOfShards(amounts, labels);
  const statements = [...whole.statements, ...(shards ? [shards] : [])];
  return { ...whole, statements, statementsTotal: statements.length };
}

function sizeOfShards(
  amounts: readonly Consumed[],
  labels: ReadonlyMap<string, ShardLabel>,
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
  const behind = { positions, total: 0 };
  return sizeStatement('in the shards that were read, each once', tokens, {
    method: weakestOf(methods),
    behind,
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
  return amountFacts(groups, { labels: marked, consumed, shown });
}
