/**
 * The parts of the release suite. Each tests one promise and runs alone with `npm run test:release -- NAME`.
 * `only` selects tests by a pattern of their names, in which the test runner quotes the texts of a table.
 */
export const PARTS = [
  {
    name: 'random-histories',
    promise:
      'The embedded log equals a model after 10,000 random histories with kills: nothing lost, nothing twice.',
    files: ['libs/core/event-log/src/random-histories.release.spec.ts'],
  },
  {
    name: 'mixed-histories',
    promise:
      'Mixed histories of one process (kills, frozen inserts, full disks, two versions, damaged tables) lose nothing, repeat nothing, and get no answer that says complete and is not.',
    files: [
      'tests/mixed-histories/mixed-histories.release.spec.ts',
      'tests/mixed-histories/more-histories.release.spec.ts',
      'tests/mixed-histories/planted-defects.release.spec.ts',
    ],
  },
  {
    name: 'mixed-histories-kafka',
    promise:
      'Mixed histories on a broker (kills of writers and projectors, zombies, full disks, added partitions, damaged tables, blocks that a killed engine lost, two versions) lose nothing, repeat nothing, and get no answer that says complete and is not.',
    files: [
      'tests/mixed-histories/mixed-histories-kafka.release.spec.ts',
      'tests/mixed-histories/more-histories-kafka.release.spec.ts',
      'tests/mixed-histories/planted-defects-kafka.release.spec.ts',
    ],
  },
  {
    name: 'log-kills',
    promise: 'The embedded log keeps every acknowledged event through 200 kills of its process.',
    files: ['libs/core/event-log/src/lmdb-kill.release.spec.ts'],
  },
  {
    name: 'server-kills',
    promise: 'One process under load keeps every acknowledged event, once, through 50 kills.',
    files: ['services/standalone/src/kill.release.spec.ts'],
  },
  {
    name: 'deaths',
    promise:
      'However one process dies of six ways to die, its port is free within five seconds, and it keeps what it acknowledged; after a truncated log, once the file is put back.',
    files: ['services/standalone/src/deaths.release.spec.ts'],
  },
  {
    name: 'power-loss',
    promise:
      'A power cut at any moment takes nothing that was acknowledged (1,200 cuts, and 3,000 of a log that is made); after 200 the server starts again, and no answer is incomplete in silence.',
    files: ['tests/power-loss/power-loss.release.spec.ts'],
    only: '^(?!.*seed 20261132).*$',
  },
  {
    name: 'power-loss-starts',
    promise:
      'After 200 more power cuts the server starts again, and no answer is incomplete in silence until its tables are full.',
    files: ['tests/power-loss/power-loss.release.spec.ts'],
    only: 'seed 20261132',
  },
  ...['20261202, ordered', '20261203, unordered', '20261204, unordered'].map((law, index) => ({
    name: `power-loss-starts-${index + 2}`,
    promise: `After another 200 power cuts of another history (seed ${law}) the server starts, and no answer is incomplete in silence.`,
    files: ['tests/power-loss/more-starts.release.spec.ts'],
    only: `seed ${law}`,
  })),
  {
    name: 'full-disks',
    promise:
      'A log, a server and an ingest whose disk fills and is freed lose nothing, repeat nothing and go on by themselves.',
    files: [
      'libs/core/event-log/src/disk-full.release.spec.ts',
      'services/standalone/src/disk-full.release.spec.ts',
      'tests/distributed/full-disks.release.spec.ts',
    ],
  },
  {
    name: 'lost-definitions',
    promise:
      'Whichever table or view is gone, and whichever definitions are cut short, all are made again and hold what they held.',
    files: [
      'libs/adapters/clickhouse/src/lost-tables.release.spec.ts',
      'libs/server/embedded/src/cut-definitions.release.spec.ts',
    ],
  },
  {
    name: 'poison-records',
    promise: 'A million records with 1 % of poison records are all accounted for.',
    files: ['services/standalone/src/poison-messages.release.spec.ts'],
  },
  {
    name: 'large-event',
    promise: 'An event with 100,000 inputs is taken within 512 MiB of memory.',
    files: ['services/standalone/src/large-event.release.spec.ts'],
  },
  {
    name: 'retry-cost',
    promise: 'A retried batch costs the same after a million points as after ten thousand.',
    files: ['services/standalone/src/retry-cost.release.spec.ts'],
  },
  {
    name: 'rebuild-kills',
    promise:
      'A rebuild is finished or undone after a kill at each of its steps, in one process and on servers, and replaces tables of another version beside running projectors.',
    files: [
      'libs/core/projection/src/rebuild/rebuild-kills.release.spec.ts',
      'tests/distributed/rebuild-kills.release.spec.ts',
      'tests/distributed/rebuild.release.spec.ts',
    ],
  },
  {
    name: 'copies',
    promise:
      'Whatever tables or logs of two copies of a directory are swapped after both went on, no answer says that it is complete and is not.',
    files: ['libs/server/embedded/src/copies.release.spec.ts'],
  },
  {
    name: 'as-of',
    promise:
      'An answer as of an earlier position has the same bytes after more events, during and after a rebuild, and after a restart.',
    files: ['services/standalone/src/as-of.release.spec.ts'],
  },
  {
    name: 'truncated-logs',
    promise:
      'Whatever is asked of whatever facts, an answer as of a position is that of the log when it ended there, to the byte.',
    files: ['libs/server/graphql/src/truncated/truncated-log.release.spec.ts'],
  },
  {
    name: 'withdrawn-imports',
    promise:
      'After an import is withdrawn, whatever is asked is answered as by a log that has the other facts alone, and as of earlier positions as before, from two shards as from one.',
    files: [
      'libs/server/graphql/src/truncated/withdrawn-imports.release.spec.ts',
      'tests/deploy/cluster-queries.release.spec.ts',
    ],
  },
  {
    name: 'imports-in-parts',
    promise:
      'Importing the samples of all kinds in any order, in parts, twice, stopped after any event, or with the import or its server killed, gives equal tables.',
    files: ['tests/imports-in-parts/imports-in-parts.release.spec.ts'],
  },
  {
    name: 'large-imports',
    promise:
      'A table and a text log of ten million lines that a map reads need as much memory as those of a million.',
    files: ['tests/large-imports.release.spec.ts'],
  },
  {
    name: 'backups',
    promise:
      'A backup beside a server that goes on has everything acknowledged before it, a restore answers with the same bytes, and a kill leaves nothing that is taken for one.',
    files: ['tests/backup/backups.release.spec.ts'],
  },
  {
    name: 'lists',
    promise:
      'Lists and searches have exactly what the recorded facts name, at every position, in pages that add up, after random histories.',
    files: ['libs/server/graphql/src/entities/entities.release.spec.ts'],
  },
  {
    name: 'metric-histories',
    promise:
      'The metrics of a run, their curves, values and origins are those of its facts, as of every position of random histories.',
    files: ['libs/contexts/training/src/metric-histories.release.spec.ts'],
  },
  {
    name: 'frozen-projectors',
    promise:
      'A projector that is stopped in the middle of an insert, and goes on after another took over, counts nothing twice.',
    files: ['tests/distributed/frozen-projector.release.spec.ts'],
  },
  {
    name: 'lost-blocks',
    promise:
      'Blocks that an engine lost in a kill, and whose tokens it knows, are missed by the projectors that repeat them, and the tables are filled again by themselves.',
    files: ['tests/distributed/lost-blocks.release.spec.ts'],
  },
  {
    name: 'short-tables',
    promise:
      'Tables on servers that lack rows, whichever, are named by each api that starts before an answer calls itself complete, and a projector fills them again by itself, also after a kill of whoever exchanged them; no event and no row is lost unasked.',
    files: [
      'tests/distributed/short-tables.release.spec.ts',
      'tests/distributed/interrupted-exchange.release.spec.ts',
      'tests/distributed/moved-offsets.release.spec.ts',
    ],
  },
  {
    name: 'two-versions',
    promise:
      'Two versions side by side, with steps back and retries through either, lose nothing and store nothing twice.',
    files: ['tests/distributed/two-versions.release.spec.ts'],
  },
  {
    name: 'chaos-million',
    promise: 'A million records, 100 kills and 100 rebalances of projectors: nothing lost, nothing twice.',
    files: ['tests/chaos/chaos.release.spec.ts'],
    only: 'a million records',
  },
  {
    name: 'chaos-broker',
    promise: 'Deaths of the broker, a bad network, a topic written twice and another order change no table.',
    files: ['tests/chaos/chaos.release.spec.ts'],
    only: '^(?!.*a million records).*$',
  },
  {
    name: 'outage',
    promise:
      'ClickHouse is down for ten minutes under load: no producer waits, nothing is lost, memory stays flat.',
    files: ['tests/chaos/outage.release.spec.ts'],
  },
  {
    name: 'kafka-leaders',
    promise:
      'Three brokers that die in turn lose nothing and keep the order, services start while a partition has no leader, and a topic that is created again under them is noticed.',
    files: [
      'libs/adapters/kafka/src/leaders.release.spec.ts',
      'tests/distributed/leaderless.release.spec.ts',
      'tests/distributed/recreated-topic.release.spec.ts',
    ],
  },
  {
    name: 'atomic-batches',
    promise:
      'A batch of one stream is in the topic as a whole or not at all, wherever its writer is killed; the retry of any other completes it.',
    files: ['tests/distributed/atomic-batches.release.spec.ts'],
  },
  {
    name: 'partitions',
    promise:
      'A topic to which partitions were added is copied to another one: every acknowledged fact once, in its order, its retries recognised.',
    files: [
      'libs/core/event-log/src/kafka/copy-topic.release.spec.ts',
      'tests/distributed/partitions.release.spec.ts',
      'tests/distributed/forgotten-projector.release.spec.ts',
    ],
  },
  {
    name: 'services',
    promise:
      'Services on a broker import the shipped experiment once, and give the answers of one process, also when they are kept and computed again.',
    files: ['tests/distributed/one-answer.release.spec.ts'],
  },
  {
    name: 'upgrade',
    promise: 'Services go on with the topic and the tables that an earlier version wrote.',
    files: ['tests/upgrade/topic.release.spec.ts'],
  },
  {
    name: 'guides',
    promise:
      'Every command and query that the guides and docs/questions.md show prints what is shown beneath it, and draws the committed pictures.',
    files: ['tests/guides.release.spec.ts'],
  },
  {
    name: 'public-data',
    promise:
      'What public projects published is imported as one folder: every file is accounted for, and every fact matches its schema.',
    files: ['libs/adapters/importers/src/shared-folder.release.spec.ts'],
  },
  {
    name: 'regmix',
    promise: 'The mixture surface ranks 256 public held-out mixtures, and its intervals cover what they say.',
    files: ['libs/contexts/attribution/src/acceptance/regmix.release.spec.ts'],
  },
  {
    name: 'coverage',
    promise:
      'Intervals of mixture surfaces cover the planted effect of each slice over seven laws, find nothing where there is nothing, and agree with ablations.',
    files: [
      'libs/contexts/attribution/src/acceptance/coverage.release.spec.ts',
      'libs/contexts/attribution/src/acceptance/agreement.release.spec.ts',
    ],
  },
  {
    name: 'linear-importers',
    promise:
      'Twice as large an input of an importer makes about twice the work, in each way that it may grow.',
    files: ['tests/linear/importers.release.spec.ts'],
  },
  {
    name: 'attribution-laws',
    promise:
      'Without an effect answers hardly ever say one, wrong words stay rare among all, also of questions that are asked one after the other, and intervals cover what they say.',
    files: [
      'libs/contexts/attribution/src/laws.release.spec.ts',
      'libs/contexts/attribution/src/observational/adjusted-effect.release.spec.ts',
      'libs/contexts/attribution/src/statistics/family-laws.release.spec.ts',
    ],
  },
  {
    name: 'design-power',
    promise: 'Experiments that run a plan find the effect that it calls detectable as often as it says.',
    files: ['libs/contexts/attribution/src/design/planned-power.release.spec.ts'],
  },
  {
    name: 'domain-proportions',
    promise:
      'The interval of a shard’s mix of domains covers the true mix, for shards from sources that the classifier never saw.',
    files: ['libs/attributes/domain/src/shares.release.spec.ts'],
  },
  {
    name: 'compatibility',
    promise:
      'No version of a schema refuses what an earlier one took, over 1,000 instances each; old facts are read.',
    files: [
      'tools/compatibility/compatibility.release.spec.ts',
      'libs/contexts/corpus/src/upcast.release.spec.ts',
    ],
  },
  {
    name: 'fuzz-json',
    promise:
      'A text of JSON, whatever stands in it, is read or refused with a reason: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'JSON', mutated",
  },
  {
    name: 'fuzz-events',
    promise:
      'An event, a batch or a list of lines, whatever stands in it, is read or refused with a reason: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'CloudEvents over HTTP', mutated",
  },
  {
    name: 'fuzz-facts',
    promise:
      'An event in binary mode is read or refused with a reason, a fact of any version is read as one of the newest, and a value of JSON has one canonical text and digest, whatever stands in them: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'(CloudEvents in binary mode|facts of earlier versions|canonical JSON)', mutated",
  },
  {
    name: 'fuzz-protocols',
    promise:
      'A record of the topic, an OpenLineage event, an OTLP export or a filter, whatever stands in it, is read or refused with a reason: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'(a record of the topic|OpenLineage|OTLP|filters of MLflow)', mutated",
  },
  {
    name: 'fuzz-questions',
    promise:
      'A document of GraphQL and its variables, whatever stands in them, are read or refused with a reason: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'questions of GraphQL', mutated",
  },
  {
    name: 'fuzz-files',
    promise:
      'A model, a file of an importer or a file of documents, whatever stands in it, is read or refused with a reason: never a fault, never a second of processor time.',
    files: ['tests/fuzz/fuzz.release.spec.ts'],
    only: "'(ONNX models|files of importers|files of documents)', mutated",
  },
  {
    name: 'chart',
    promise:
      'The chart renders into manifests with settings that each service accepts, by the library of Helm itself.',
    files: ['tests/deploy/helm.release.spec.ts'],
  },
  {
    name: 'cirs',
    promise:
      'A program that takes the parser of Python too long is given up alone: those before and behind it in the file are measured.',
    files: ['libs/attributes/complexity/src/code-parser.release.spec.ts'],
  },
  {
    name: 'mlflow-client',
    promise: 'The whole mlflow client, as it is installed by its name, reads back what it wrote.',
    files: ['tests/stock-clients/mlflow-full.release.spec.ts'],
  },
];
