import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

const TAGS = [
  ['provider', 'Lab e.V., lab@example.org'],
  ['representative', 'needs none'],
  ['model_dependencies', 'none'],
  ['placement_date', '2026-11-24'],
  ['content_types', 'encyclopedias and forums'],
  ['latest_acquisition', '10/2026'],
  ['continuous_training', 'no'],
  ['licensed_data', 'a dictionary'],
  ['third_party_data', 'a news archive'],
  ['crawlers', 'LabBot/1.0'],
  ['crawler_behaviour', 'heeds robots.txt'],
  ['crawl_period', '01/2026 to 09/2026'],
  ['user_data', 'none of the model, forum posts of our own service'],
  ['synthetic_data', 'lab-byte-transformer'],
  ['other_data', 'scanned books of the library'],
  ['rights_reservation', 'signatory; robots.txt and tdmrep.json'],
  ['illegal_content', 'lists of hashes'],
] as const;

const FIELDS = new Map<string, string>([
  ...TAGS.map(
    ([tag]) => [tag, tag.replaceAll(/_./g, (part) => part.slice(1).toUpperCase())] as [string, string],
  ),
  ['start', 'modelName'],
  ['modality', 'modalities'],
  ['language', 'languages'],
  ['acquisition', 'acquisition'],
  ['fqdn', 'crawledDomains'],
  ['origin', 'dataSources'],
]);

/** The field that is asked, for the part of it, beside that of a kind. */
export const ALSO_ASKED: ReadonlyMap<string, string> = new Map([['origin', 'publicDatasets']]);

/** Kinds of facts, and the field that each of them answers. */
export const ANSWERED_BY: readonly (readonly [kind: string, field: string])[] = [...FIELDS];

const shardOf = (run: string): string => `${run}/shard`;

/** A shard as it is registered. */
export const registeredAs = (shardId: string, more: object): SentEvent => ({
  ...fact('corpus.shard.registered', { shardId, uri: 'local.ndjson', slice: 'web', split: 'train', ...more }),
  dataschema: 'urn:tributary:schema:corpus.shard.registered:2.0',
});

const registered = (run: string, more: object): SentEvent =>
  registeredAs(shardOf(run), { tokens: { value: 400, method: 'measured' }, ...more });

const LICENCE = { licence: 'CC-BY-4.0' };
const ORIGIN = { origin: { registry: 'pypi', package: 'numpy', version: '2.0.0' } };

/** An attribute of a shard, as a histogram. */
export const measured = (
  attribute: string,
  ref: string,
  buckets: Readonly<Record<string, number>>,
  more: object = {},
): SentEvent =>
  fact('corpus.attribute.measured', {
    attribute,
    subjectKind: 'shard',
    instrument: { name: 'somebody' },
    method: 'declared',
    values: Object.entries(buckets).map(([bucket, value]) => ({ ref, bucket, value })),
    ...more,
  });

const OBTAINED = {
  public_dataset: 4,
  licensed: 1,
  third_party: 1,
  crawled: 3,
  user_data: 1,
  synthetic: 1,
  other: 1,
};

/** What a run consumed of its shard, of which every field of the summary is asked. */
const consumed = (run: string): SentEvent =>
  fact('training.exposure.recorded', {
    runId: run,
    attempt: 1,
    firstStep: 1,
    lastStep: 10,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', shardId: shardOf(run), amount: 1201 }],
  });

/** The fact of a kind. A shard that is registered again says all that is known of it. */
export function factOf(kind: string, run: string): SentEvent {
  const ref = shardOf(run);
  switch (kind) {
    case 'start':
      return fact('training.run.started', {
        runId: run,
        attempt: 1,
        model: { name: 'lab-1' },
        config: {},
        seeds: {},
      });
    case 'modality':
      return measured('modality', ref, { text: 1 });
    case 'language':
      return measured('language', ref, { en: 2, de: 1 });
    case 'acquisition':
      return measured('acquisition', ref, OBTAINED);
    case 'fqdn':
      return measured('fqdn', ref, { 'example.org': 7, 'example.com': 3 });
    case 'origin':
      return registered(run, { ...LICENCE, ...ORIGIN });
    default: {
      const [, text = ''] = TAGS.find(([tag]) => tag === kind) ?? [];
      return fact('training.run.annotated', { runId: run, tags: { [`training_content.${kind}`]: text } });
    }
  }
}

/** The fact with other data of the same stream, which answers nothing, in the place of another. */
export function withdrawn(event: SentEvent): SentEvent {
  const data = event['data'] as Readonly<Record<string, unknown>>;
  const { licence: _licence, origin: _origin, ...bare } = data;
  const nothing: Readonly<Record<string, object>> = {
    'training.run.started': { model: { name: 'unknown' } },
    'training.run.annotated': { tags: { other: 'x' } },
    'corpus.attribute.measured': { values: [{ ref: 'another', bucket: 'x', value: 1 }] },
  };
  return {
    ...event,
    ...fact(event.type, { ...bare, ...nothing[event.type] }),
    corrects: event.id,
    correctionreason: 'wrong',
    actor: 'mara',
  };
}

/** Facts that answer every field, but those of some kinds. */
export function factsWithout(kinds: readonly string[], run: string): SentEvent[] {
  const shard = registered(run, {
    ...LICENCE,
    ...(kinds.includes('origin') ? {} : ORIGIN),
  });
  const others = ANSWERED_BY.map(([one]) => one).filter((one) => !kinds.includes(one) && one !== 'origin');
  return [consumed(run), shard, ...others.map((one) => factOf(one, run))];
}
