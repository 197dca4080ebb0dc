import {
  ANSWERING_LIMITS,
  ANSWERING_VARIABLES,
  ARTIFACT_BYTES,
  DEADLINES,
  DISK_WATERMARKS,
  ESTIMATE_HEAP,
  FAULT_GRACE,
  LIMIT_KEYS,
  QUERY_BYTES,
  QUESTION_LIMITS,
  QUESTION_VARIABLES,
  RATE_VARIABLES,
  REQUEST_LIMITS,
} from '@tributary/capture';
import type { QuestionLimits } from '@tributary/capture';
import { z } from 'zod';
import { contents, contradictions } from './content-limits.ts';
import { integer } from './integer.ts';
import { group, variable } from './setting.ts';
import type { ValueOf } from './setting.ts';

const text = z.string().min(1);

/** Milliseconds. Timers of Node cannot wait longer. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds. Whoever asks for what has a deadline waits some seconds longer, so that the answer says why. */
const deadline = integer(100).max(LONGEST_TIMER - 10_000);

/** `collector:4317` would be the scheme `collector`. */
export const httpUrl = (error: string) => z.url({ protocol: /^https?$/, error });

const HOST_NAME = /^(?:\*|\.?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)$/i;
const HOST_NAMES = 'name hosts without a port, such as tributary.example.org,.lab.example.org; * allows all';

/** Empty text names none. */
export const hostNames = z
  .string()
  .transform((given) => (given.trim() === '' ? [] : given.split(',').map((name) => name.trim())))
  .refine((names) => names.every((name) => HOST_NAME.test(name)), { message: HOST_NAMES });

export const metricsPort = variable('METRICS_PORT', integer(0).max(65_535).optional(), {
  description:
    'Port of `/metrics` alone, which asks for no key, so that a network can let scrapers reach it and nothing else; the port of the service where it is not set, with a key of the scope `read` where that asks for keys.',
});

/** Where a process listens, and under which names. */
export const address = (port: number) =>
  group({
    host: variable('HOST', text, {
      default: '127.0.0.1',
      description: 'Address to listen on; loopback unless it is set.',
    }),
    port: variable('PORT', integer(0).max(65_535), {
      default: String(port),
      description: 'Port to listen on; 0 takes a free one.',
    }),
    metricsPort,
    allowedHosts: variable('TRIBUTARY_ALLOWED_HOSTS', hostNames, {
      default: '',
      description:
        'Host names of this server, separated by commas, besides `localhost` and IP addresses; `.example.org` stands for all names below it, `*` for every name. Requests to other names, and from pages of other sites, are refused.',
    }),
  });

/** Whom a process answers. */
export const access = group({
  auth: variable('TRIBUTARY_AUTH', z.enum(['none', 'keys'], { error: 'is none or keys' }).optional(), {
    description:
      'Who may call: `keys` asks every caller for an API key, `none` lets everybody read, write and decide. Where it is not set, `none` on loopback and `keys` beyond it, and a start without keys is refused there. `/health` and `/ready` answer everybody.',
  }),
  keysFile: variable('TRIBUTARY_API_KEYS_FILE', text.optional(), {
    description:
      'File of the API keys, which holds hashes only; standalone has `api-keys.json` in its folder where it is not set. It is read again when it changes.',
  }),
});

/** A folder that no other process uses. */
export const dataDirectory = (standard: string) =>
  variable('TRIBUTARY_DATA', text, {
    default: standard,
    refusesEmpty: true,
    description: 'Folder for the data of this process; no other process may use it.',
  });

/** Outside the data directory, so that a copy of it does not have it. */
export const witness = variable('TRIBUTARY_WITNESS', text.optional(), {
  description:
    'File outside of the data directory, best on another disk, in which the server keeps the newest event of its log, every two seconds and at its end. A start of an older copy of the directory is refused then, and says what to do (`older_copy`); see [an older copy](backup.md#an-older-copy). Each data directory has a file of its own.',
});

const OCTAL = /^0?[0-7]{3}$/;

/** Permissions that files of this process never have, as in a shell. */
export const umask = variable(
  'TRIBUTARY_UMASK',
  z
    .string()
    .regex(OCTAL, { error: 'write three octal digits, such as 077 (nobody else) or 027 (the group reads)' })
    .transform((given) => Number.parseInt(given, 8)),
  {
    default: '077',
    description:
      'Permissions that folders and files of the data do not have, as in a shell: with `077` nobody but their owner reads them, with `027` their group too. Folders that have more lose it at the start.',
  },
);

/** Data too long for the log. */
export const blobDirectory = variable(
  'TRIBUTARY_BLOBS',
  z.string({ error: 'name the folder for long data that all services share' }).min(1),
  { description: 'Folder for data too long for the log; ingest, projector and api share it.' },
);

const collector = httpUrl('name the collector with http:// or https://, such as http://collector:4318');

/** Spans are sent nowhere where it is absent. */
export const otlpEndpoint = variable('OTEL_EXPORTER_OTLP_ENDPOINT', collector.optional(), {
  description: 'OTLP collector that receives spans; none are made without it.',
});

/** Requests a second. Above it, a share of a millisecond would be counted. */
const HIGHEST_RATE = 1_000_000;

/** What a process takes in one request, and how many requests at once. */
export const limits = group(
  {
    ...contents,
    bytesInFlight: variable('TRIBUTARY_BYTES_IN_FLIGHT', integer(1), {
      default: String(REQUEST_LIMITS.bytesInFlight),
      description:
        'Bytes of request bodies, on the wire and inflated, that are held until they are answered. A body that alone has more is refused with 413, which is not retryable; one of OpenLineage waits for its turn instead.',
    }),
    requests: variable('TRIBUTARY_REQUESTS', integer(1), {
      default: String(REQUEST_LIMITS.requests),
      description: 'Requests with a body that are served at once.',
    }),
    requestTimeout: variable(LIMIT_KEYS.requestTimeout, integer(100).max(LONGEST_TIMER), {
      default: String(REQUEST_LIMITS.requestTimeout),
      description:
        'Milliseconds until a request must have arrived whole, and its turn have come where such requests take turns (503 `busy`); a long body may take four times as many to read (503 `reader_failed`). A file of a run may take longer while it brings 64 KiB/s. An answer may take as long as its client reads 256 KiB of it in four times as many, in two minutes at least.',
    }),
    readerHeap: variable(LIMIT_KEYS.readerHeap, integer(16), {
      default: String(REQUEST_LIMITS.readerHeap),
      description:
        'Mebibytes of memory of each thread that reads bodies of more than 256 KiB; the longest body that is accepted takes about 300. There are two at most.',
    }),
    filterConditions: variable(LIMIT_KEYS.filterConditions, integer(1).max(10_000), {
      default: String(REQUEST_LIMITS.filterConditions),
      description:
        'Conditions of one filter of a search of MLflow, and orders of one list: each is asked of every candidate.',
    }),
    clientWrites: variable(RATE_VARIABLES.write, integer(0).max(HIGHEST_RATE), {
      default: String(REQUEST_LIMITS.clientWrites),
      description:
        'Requests that write which one client (an API key, or an address where there are no keys) may send a second, in bursts of ten seconds; further ones get 429. 0 does not bound them.',
    }),
    clientQuestions: variable(RATE_VARIABLES.question, integer(0).max(HIGHEST_RATE), {
      default: String(REQUEST_LIMITS.clientQuestions),
      description: 'The same for requests with questions.',
    }),
  },
  contradictions,
);

/** How large a file of a run or model may be. */
export const artifactBytes = variable('TRIBUTARY_ARTIFACT_BYTES', integer(0), {
  default: String(ARTIFACT_BYTES),
  description: 'Bytes of one file that a client of MLflow logs; 0 stores none but empty ones.',
});

/** How much memory the queries of an embedded engine may have. */
export const queryBytes = variable(LIMIT_KEYS.queryBytes, integer(64 * 1024 * 1024), {
  default: String(QUERY_BYTES),
  description:
    'Bytes of memory that all queries of the tables have together; each has an equal share, a quarter (`query_memory`). On ClickHouse servers, limits of their user do that.',
});

const questionLimit = (limit: keyof QuestionLimits, description: string) =>
  variable(QUESTION_VARIABLES[limit], integer(1), { default: String(QUESTION_LIMITS[limit]), description });

/** What one request of GraphQL may ask. */
export const questions = group({
  tokens: questionLimit(
    'tokens',
    'Tokens of the text of one request of GraphQL; what exceeds it is not parsed.',
  ),
  depth: questionLimit('depth', 'Levels of fields of one request, with its fragments expanded.'),
  aliases: questionLimit('aliases', 'Aliases of one request, with its fragments expanded.'),
  rootFields: questionLimit('rootFields', 'Questions of one request: the fields of the query itself.'),
  directives: questionLimit('directives', 'Directives of one request, with its fragments expanded.'),
  cost: questionLimit(
    'cost',
    'Estimated cost of one request: a field of a row costs 1, a question 10,000 to 200,000, and pages (`first`) are multiplied down the tree.',
  ),
});

/** Whether callers may ask what can be asked. */
export const introspection = variable(
  'TRIBUTARY_INTROSPECTION',
  z.enum(['on', 'off'], { error: 'is on or off' }).transform((given) => given === 'on'),
  {
    default: 'on',
    description:
      'Whether GraphQL describes its schema to callers: `off` refuses introspection, and errors suggest no names of the schema, which is published with the source all the same.',
  },
);

/** How many questions a process works on at once, and for how long. */
export const answering = group({
  questions: variable(ANSWERING_VARIABLES.questions, integer(1), {
    default: String(ANSWERING_LIMITS.questions),
    description: 'Requests with questions that are answered at once; further ones get 503.',
  }),
  timeout: variable(ANSWERING_VARIABLES.timeout, integer(100).max(LONGEST_TIMER), {
    default: String(ANSWERING_LIMITS.timeout),
    description:
      'Milliseconds until a request with questions is answered; then its queries and estimates are ended.',
  }),
  attributions: variable(ANSWERING_VARIABLES.attributions, integer(1), {
    default: String(ANSWERING_LIMITS.attributions),
    description: 'Questions to estimators (attribution, prediction, design) that are worked on at once.',
  }),
  attributionsWaiting: variable(ANSWERING_VARIABLES.attributionsWaiting, integer(0), {
    default: String(ANSWERING_LIMITS.attributionsWaiting),
    description: 'Questions to estimators that wait for that; further ones get 503.',
  }),
  queriesWaiting: variable(ANSWERING_VARIABLES.queriesWaiting, integer(1), {
    default: String(ANSWERING_LIMITS.queriesWaiting),
    description:
      'Queries that wait until the engine can begin them; further ones get 503. One request asks many.',
  }),
});

const queryTimeout = variable('TRIBUTARY_QUERY_TIMEOUT_MS', deadline, {
  default: String(DEADLINES.query),
  description:
    'Milliseconds that a query of the tables may run (`query_overdue`), and that it may wait until it can begin (`engine_busy`).',
});

export const estimateTimeout = variable('TRIBUTARY_ESTIMATE_TIMEOUT_MS', deadline, {
  default: String(DEADLINES.estimate),
  description:
    'Milliseconds that an estimate may take, the time until a worker is free included (`estimate_overdue`). Give `api` and `attribution` the same.',
});

/** How much memory a worker that estimates may have. */
export const estimateHeap = variable(LIMIT_KEYS.estimateHeap, integer(16), {
  default: String(ESTIMATE_HEAP),
  description:
    'Mebibytes of memory that each worker which estimates may have (`estimate_memory`); there are as many as processors. Give `api` and `attribution` the same.',
});

export const tablesTimeout = (standard: number) =>
  variable('TRIBUTARY_TABLES_TIMEOUT_MS', deadline, {
    default: String(standard),
    description:
      'Milliseconds that a request waits for the tables to hold the facts that it asks about (`tables_behind`).',
  });

/** What requests to one process wait for. */
export const deadlines = group({
  query: queryTimeout,
  estimate: estimateTimeout,
  tables: tablesTimeout(DEADLINES.tables),
  rebuild: variable('TRIBUTARY_REBUILD_TIMEOUT_MS', deadline, {
    default: String(DEADLINES.rebuild),
    description:
      'Milliseconds that a request waits for a rebuild, which goes on after it (`rebuild_running`). Many clients of HTTP give up after 300,000.',
  }),
});

/** When a filling disk is reported, and when new facts are refused. */
export const watermarks = group(
  {
    warn: variable('TRIBUTARY_DISK_WARN_BYTES', integer(0), {
      default: String(DISK_WATERMARKS.warn),
      description:
        'Free bytes on the disk of the data or of the blobs below which `/ready` and the metrics report `warn`.',
    }),
    refuse: variable('TRIBUTARY_DISK_REFUSE_BYTES', integer(0), {
      default: String(DISK_WATERMARKS.refuse),
      description:
        'Free bytes below which new facts are refused with 507 and the process is not ready; reads go on. Keep it above `TRIBUTARY_BYTES_IN_FLIGHT`. 0 turns it off.',
    }),
  },
  ({ warn, refuse }) =>
    warn < refuse
      ? [
          `TRIBUTARY_DISK_WARN_BYTES: a warning at ${warn} bytes would come after the refusal at ${refuse}; set it to ${refuse} or more`,
        ]
      : [],
);

/** How long a process with a dead part goes on. */
export const faultGrace = variable('TRIBUTARY_FAULT_GRACE_MS', integer(0), {
  default: String(FAULT_GRACE),
  description:
    'Milliseconds that a process whose log, replica or projector has died stays up, not ready, before it ends with exit code 70.',
});

const yes = new Set(['1', 'true', 'yes']);

/** `1`, `true` and `yes` in any case are true; all other text is false. */
export const flag = z
  .string()
  .optional()
  .transform((given) => yes.has((given ?? '').toLowerCase()));

export const clickhouse = group({
  url: variable('CLICKHOUSE_URL', httpUrl('name the server, such as http://clickhouse:8123'), {
    description: 'HTTP address of a ClickHouse server, such as `http://clickhouse:8123`.',
  }),
  username: variable('CLICKHOUSE_USER', text, {
    default: 'default',
    description: 'User of ClickHouse.',
  }),
  password: variable('CLICKHOUSE_PASSWORD', z.string(), {
    default: '',
    description: 'Password of the user.',
  }),
  cluster: variable('CLICKHOUSE_CLUSTER', text.optional(), {
    description: 'Name of the cluster in `remote_servers`; absent on one server. Only the projector uses it.',
  }),
  queryMillis: queryTimeout,
  compress: variable('CLICKHOUSE_COMPRESS', flag, {
    default: 'false',
    description: 'Compresses rows on the network; useful where the network is slower than a processor.',
  }),
});

export type ClickHouseConfig = ValueOf<typeof clickhouse>;

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
const BROKERS = 'name the brokers, such as kafka-1:9092,kafka-2:9092';

const brokers = z
  .string({ error: BROKERS })
  .transform((given) => given.split(',').map((broker) => broker.trim()))
  .refine((given) => !given.includes(''), { message: BROKERS });

type Credentials = {
  readonly mechanism: (typeof mechanisms)[number] | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
};

function checkCredentials({ mechanism, username, password }: Credentials): string[] {
  if (mechanism !== undefined && (username === undefined || password === undefined))
    return ['KAFKA_SASL_USERNAME: a SASL mechanism needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD'];
  if (mechanism === undefined && (username || password))
    return [
      `KAFKA_SASL_MECHANISM: there are credentials and no mechanism that uses them; name one of ${mechanisms.join(', ')}`,
    ];
  return [];
}

export const kafka = group(
  {
    brokers: variable('KAFKA_BROKERS', brokers, {
      description: 'Brokers, separated by commas, such as `kafka-1:9092,kafka-2:9092`.',
    }),
    topic: variable('KAFKA_TOPIC', text, {
      default: 'tributary.events',
      description: 'Topic of the log.',
    }),
    deadLettersTopic: variable('KAFKA_DEAD_LETTERS_TOPIC', text, {
      default: 'tributary.dead-letters',
      description: 'Topic of the dead letters.',
    }),
    clusterId: variable('KAFKA_CLUSTER_ID', text.optional(), {
      description: 'Identifier of the Kafka cluster; any other cluster is refused.',
    }),
    group: variable('KAFKA_GROUP', text, {
      default: 'tributary-tables',
      description: 'Consumer group whose committed offsets say how far the tables are.',
    }),
    retryTimeout: variable('KAFKA_RETRY_TIMEOUT_MS', integer(100), {
      default: '30000',
      description: 'Milliseconds for which a request to an unreachable broker is retried before it fails.',
    }),
    ssl: variable('KAFKA_SSL', flag, {
      default: 'false',
      description: 'TLS to the brokers: `1`, `true` or `yes`.',
    }),
    mechanism: variable('KAFKA_SASL_MECHANISM', z.enum(mechanisms).optional(), {
      description: `SASL mechanism: ${mechanisms.map((name) => `\`${name}\``).join(', ')}.`,
    }),
    username: variable('KAFKA_SASL_USERNAME', z.string().optional(), { description: 'SASL user.' }),
    password: variable('KAFKA_SASL_PASSWORD', z.string().optional(), { description: 'SASL password.' }),
  },
  checkCredentials,
);

export type KafkaConfig = ValueOf<typeof kafka>;
