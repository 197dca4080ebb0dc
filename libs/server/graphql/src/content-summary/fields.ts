import type { SummaryFieldName } from '../generated/schema.ts';

/** How data were obtained: the values of the attribute `acquisition`, in the order of the template's section 2. */
export const ACQUISITIONS = [
  'public_dataset',
  'licensed',
  'third_party',
  'crawled',
  'user_data',
  'synthetic',
  'other',
] as const;

export type Acquisition = (typeof ACQUISITIONS)[number];

/** The fact that answers a field, and the member of it that does. */
type AnsweringFact = { readonly fact: string; readonly member: string; readonly advice: string };

/** A field of the summary. */
export type Field = {
  readonly name: SummaryFieldName;
  readonly section: string;
  readonly title: string;
  /** The tag of a run that states it; undefined where no text does. */
  readonly tag?: string;
  /** What answers it; undefined where nothing asks for it. */
  readonly answeredBy?: AnsweringFact;
  /** It is asked only where something that was consumed was obtained so. */
  readonly onlyFor?: Acquisition;
};

type Stated = Pick<Field, 'name' | 'section' | 'title' | 'onlyFor'> & {
  readonly tag: string;
  readonly advice: string;
};

/** A field that a tag of the run states. Trackers write such tags too: `mlflow.set_tag`. */
const stated = ({ tag, advice, ...field }: Stated): Field => ({
  ...field,
  tag: `training_content.${tag}`,
  answeredBy: { fact: 'training.run.annotated', member: `tags["training_content.${tag}"]`, advice },
});

const measured = (attribute: string, advice: string): AnsweringFact => ({
  fact: 'corpus.attribute.measured',
  member: `attribute "${attribute}", values[].bucket`,
  advice: `${advice}; of shards (subjectKind shard) or of slices`,
});

const CONSUMED = {
  fact: 'training.exposure.recorded',
  member: 'amounts',
  advice:
    'what the run consumed in tokens or bytes, by slice and shard, as an importer or the trainer records it',
};

/** What the shards were made from, of all that was consumed and of its public part. */
const ORIGIN = {
  fact: 'corpus.shard.registered',
  member: 'origin',
  advice:
    'the package that the shard was made from; a snapshot that lists it (corpus.members.listed) answers it too, and exposure has to name the shard',
};

/**
 * Fields in the order of the Commission's template for the public summary of training content, C(2025) 5235 of 24 July 2025,
 * with the numbers of its sections 1 to 3. The guide lists what the template asks for beside these. It does not ask for
 * `licences`, `retractedContent` and `mixture`: their titles say that they are added, and nothing asks for them here.
 */
export const FIELDS: readonly Field[] = [
  stated({
    name: 'provider',
    section: '1.1',
    title: 'Provider',
    tag: 'provider',
    advice: 'name and contact details',
  }),
  stated({
    name: 'representative',
    section: '1.1',
    title: 'Authorised representative',
    tag: 'representative',
    advice: 'name and contact details, or that the provider needs none',
  }),
  {
    name: 'modelName',
    section: '1.2',
    title: 'Model',
    answeredBy: { fact: 'training.run.started', member: 'model.name', advice: 'the versioned name' },
  },
  stated({
    name: 'modelDependencies',
    section: '1.2',
    title: 'Model dependencies',
    tag: 'model_dependencies',
    advice:
      'the models that it was made from, or that there are none; of this run, or of the run that its forks and parent checkpoints (training.run.started) go back to',
  }),
  stated({
    name: 'placementDate',
    section: '1.2',
    title: 'Placement on the Union market',
    tag: 'placement_date',
    advice: 'the date',
  }),
  {
    name: 'modalities',
    section: '1.3',
    title: 'Modalities',
    answeredBy: measured('modality', 'text, image, audio, video or another one'),
  },
  { name: 'size', section: '1.3', title: 'Size of the training data', answeredBy: CONSUMED },
  stated({
    name: 'contentTypes',
    section: '1.3',
    title: 'Types of content',
    tag: 'content_types',
    advice: 'what the slices are, such as scientific text, fiction, news or source code',
  }),
  stated({
    name: 'latestAcquisition',
    section: '1.3',
    title: 'Latest acquisition of data',
    tag: 'latest_acquisition',
    advice: 'the month, as MM/YYYY',
  }),
  stated({
    name: 'continuousTraining',
    section: '1.3',
    title: 'Training on new data after that date',
    tag: 'continuous_training',
    advice: 'whether it goes on',
  }),
  {
    name: 'languages',
    section: '1.3',
    title: 'Languages',
    answeredBy: measured('language', 'the natural language, such as en'),
  },
  {
    name: 'dataSources',
    section: '2',
    title: 'Data sources',
    answeredBy: ORIGIN,
  },
  {
    name: 'acquisition',
    section: '2',
    title: 'How the data were obtained',
    answeredBy: measured(
      'acquisition',
      `${ACQUISITIONS.join(', ')}. What was obtained decides which fields of 2.1 to 2.6 are asked`,
    ),
  },
  { name: 'licences', section: '2', title: 'Licences (added)' },
  {
    name: 'publicDatasets',
    section: '2.1',
    title: 'Publicly available datasets',
    answeredBy: ORIGIN,
    onlyFor: 'public_dataset',
  },
  stated({
    name: 'licensedData',
    section: '2.2.1',
    title: 'Data licensed from rightsholders',
    tag: 'licensed_data',
    advice: 'what was licensed, in words',
    onlyFor: 'licensed',
  }),
  stated({
    name: 'thirdPartyData',
    section: '2.2.2',
    title: 'Data from other third parties',
    tag: 'third_party_data',
    advice: 'which datasets, where they are publicly known, and what the others are',
    onlyFor: 'third_party',
  }),
  stated({
    name: 'crawlers',
    section: '2.3',
    title: 'Crawlers',
    tag: 'crawlers',
    advice: 'their names or identifiers',
    onlyFor: 'crawled',
  }),
  stated({
    name: 'crawlerBehaviour',
    section: '2.3',
    title: 'Purposes and behaviour of the crawlers',
    tag: 'crawler_behaviour',
    advice: 'what they are for, and how they treat robots.txt, captchas and paywalls',
    onlyFor: 'crawled',
  }),
  stated({
    name: 'crawlPeriod',
    section: '2.3',
    title: 'Period of the crawl',
    tag: 'crawl_period',
    advice: 'from and to, as MM/YYYY',
    onlyFor: 'crawled',
  }),
  {
    name: 'crawledDomains',
    section: '2.3',
    title: 'Domain names that were crawled',
    answeredBy: measured('fqdn', 'the domain name, with its share of the content as the value'),
    onlyFor: 'crawled',
  },
  stated({
    name: 'userData',
    section: '2.4',
    title: 'User data',
    tag: 'user_data',
    advice: 'from interactions with the model and from other services, each in words',
    onlyFor: 'user_data',
  }),
  stated({
    name: 'syntheticData',
    section: '2.5',
    title: 'Synthetic data',
    tag: 'synthetic_data',
    advice: 'the models that generated them',
    onlyFor: 'synthetic',
  }),
  stated({
    name: 'otherData',
    section: '2.6',
    title: 'Other sources of data',
    tag: 'other_data',
    advice: 'what they are, in words',
    onlyFor: 'other',
  }),
  stated({
    name: 'rightsReservation',
    section: '3.1',
    title: 'Respect of reservations of rights',
    tag: 'rights_reservation',
    advice:
      'whether the provider signed the Code of Practice, and what respects opt-outs from text and data mining',
  }),
  stated({
    name: 'illegalContent',
    section: '3.2',
    title: 'Removal of illegal content',
    tag: 'illegal_content',
    advice: 'the measures',
  }),
  { name: 'retractedContent', section: '3.2', title: 'Consumed, and retracted (added)' },
  { name: 'mixture', section: '3.3', title: 'Mixture (added)' },
];
