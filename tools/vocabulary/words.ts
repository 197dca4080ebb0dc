/** Words that were once used as names in this code, each with the standard term that replaces it. */
export type Word = {
  /** The word as a part of an identifier that is split at capitals: `letterOf` has `letter`. */
  readonly word: string;
  readonly term: string;
  /** Words directly before or after it that make it a standard term: `deadLetter`. */
  readonly allowedBefore?: readonly string[];
  readonly allowedAfter?: readonly string[];
  /** Not searched in prose, where the word is ordinary English. */
  readonly identifiersOnly?: boolean;
};

export const WORDS: readonly Word[] = [
  { word: 'spine', term: 'runtime, app context; pipeline for the bench' },
  {
    word: 'letter',
    term: 'deadLetter',
    allowedBefore: ['dead', 'is', 'capital', 'the', 'first', 'drive', 'each', 'a'],
  },
  {
    word: 'letters',
    term: 'deadLetters',
    allowedBefore: ['dead', 'capital', 'the', 'of', 'lower', 'case', 'upper', 'ascii', 'eight', 'six', '20'],
  },
  { word: 'door', term: 'idempotent appender, ingest endpoint' },
  { word: 'doors', term: 'idempotent appenders, ingest endpoints' },
  {
    word: 'claim',
    term: 'partition assignment, data reference, lineage assertion, file match',
    allowedBefore: ['volume'],
    identifiersOnly: true,
  },
  {
    word: 'claims',
    term: 'partition assignments, data references, lineage assertions, file matches',
    identifiersOnly: true,
  },
  { word: 'claimed', term: 'assigned, referenced', identifiersOnly: true },
  { word: 'place', term: 'position (event), offset (Kafka), index (list)', identifiersOnly: true },
  { word: 'places', term: 'positions, offsets, indexes', identifiersOnly: true },
  { word: 'piece', term: 'raw event, chunk', identifiersOnly: true },
  { word: 'pieces', term: 'raw events, chunks', identifiersOnly: true },
  { word: 'beside', term: 'shadow', identifiersOnly: true },
  { word: 'filling', term: 'block builder, backfill', identifiersOnly: true },
  { word: 'fillings', term: 'block builders, backfills', identifiersOnly: true },
  { word: 'obstacle', term: 'readiness condition' },
  { word: 'obstacles', term: 'readiness conditions' },
  { word: 'patience', term: 'timeout, linger' },
  { word: 'hasty', term: 'retry' },
  { word: 'absence', term: 'outage', identifiersOnly: true },
  { word: 'outlast', term: 'retry' },
  { word: 'trouble', term: 'unavailable, fault', identifiersOnly: true },
  { word: 'misfit', term: 'projection failure' },
  { word: 'misfits', term: 'projection failures' },
  { word: 'lives', term: 'workers', identifiersOnly: true },
  { word: 'living', term: 'loop, partition worker', identifiersOnly: true },
  { word: 'arrival', term: 'fetch result, waiter', identifiersOnly: true },
  { word: 'arrivals', term: 'fetch results, waiters', identifiersOnly: true },
  { word: 'hunger', term: 'demand' },
  { word: 'offer', term: 'append request', identifiersOnly: true },
  { word: 'offers', term: 'append requests', identifiersOnly: true },
  { word: 'judge', term: 'validate, classify', identifiersOnly: true },
  { word: 'judged', term: 'validated, classified', identifiersOnly: true },
  { word: 'rival', term: 'conflict' },
  { word: 'rivals', term: 'conflicts' },
  { word: 'ground', term: 'append state, known ids', identifiersOnly: true },
  { word: 'ahead', term: 'in-flight index', identifiersOnly: true },
  { word: 'redeem', term: 'resolve reference' },
  { word: 'vouched', term: 'verified' },
  { word: 'stand', term: 'group checkpoint', identifiersOnly: true },
  { word: 'stands', term: 'group checkpoints', identifiersOnly: true },
  { word: 'tell', term: 'report, log, notify', identifiersOnly: true },
  { word: 'told', term: 'reported, logged, notified', identifiersOnly: true },
  { word: 'speaker', term: 'facet context' },
  { word: 'ticket', term: 'producer sequence' },
  { word: 'tickets', term: 'producer sequences' },
  { word: 'stranger', term: 'unknown key', identifiersOnly: true },
  { word: 'strangers', term: 'unknown keys', identifiersOnly: true },
  { word: 'spoilt', term: 'corrupted' },
  { word: 'goodbye', term: 'leave group' },
  { word: 'parting', term: 'leave group' },
  { word: 'carry', term: 'apply batch', identifiersOnly: true },
  { word: 'carried', term: 'applied', identifiersOnly: true },
  { word: 'gather', term: 'fetch batch', identifiersOnly: true },
  { word: 'sparing', term: 'lazy' },
  { word: 'steady', term: 'serialised' },
  { word: 'shell', term: 'CLI context', identifiersOnly: true },
  { word: 'outline', term: 'summary', identifiersOnly: true },
  { word: 'posed', term: 'valid question' },
  { word: 'arena', term: 'test cluster' },
  { word: 'crew', term: 'workers' },
  { word: 'weather', term: 'network faults', identifiersOnly: true },
  { word: 'sending', term: 'test record', identifiersOnly: true },
  { word: 'sendings', term: 'test records' },
  {
    word: 'face',
    term: 'HTTP emulator',
    allowedBefore: ['hugging'],
    allowedAfter: [],
    identifiersOnly: true,
  },
  { word: 'poison', term: 'poison message', allowedAfter: ['message', 'messages', 'record', 'records'] },
  { word: 'noon', term: 'fixed time', identifiersOnly: true },
];

/** Released names of tables, columns, databases and record headers, which cannot change. */
export const STORED: readonly { readonly folder: string; readonly names: readonly string[] }[] = [
  { folder: 'libs/contexts/corpus/', names: ['place'] },
  { folder: 'libs/contexts/lineage/', names: ['lineage_claim'] },
  { folder: 'libs/adapters/dead-letters/', names: ['letter', 'letters'] },
  { folder: 'libs/server/lifecycle/', names: ['misfits', '[["misfits",{"position":"2:9"}]]'] },
  { folder: 'libs/server/projector/', names: ['misfits'] },
  { folder: 'libs/core/projection/', names: ['misfits', 'cursor misfits'] },
  { folder: 'tests/deploy/', names: ['volumeClaimTemplates'] },
];
