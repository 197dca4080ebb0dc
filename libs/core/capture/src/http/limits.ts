import { CONTENT_LIMITS } from './content-limits.ts';
import type { ContentLimits } from './content-limits.ts';
import type { AnsweringLimits, QuestionLimits } from './question-limits.ts';

/** Bytes of one file of a run or model, where nothing else is configured. */
export const ARTIFACT_BYTES = 1024 * 1024 * 1024;

/** Bytes of memory that all queries of an embedded engine use at most together. */
export const QUERY_BYTES = 8 * 1024 ** 3;

/** Mebibytes of the heap of a worker that estimates. */
export const ESTIMATE_HEAP = 1_024;

/** What a process accepts in one request, and at once. */
export type RequestLimits = ContentLimits & {
  /** Bytes of request bodies, compressed and decompressed, until they are answered. */
  readonly bytesInFlight: number;
  /** Requests with a body. */
  readonly requests: number;
  /** Milliseconds within which a request must have arrived completely. */
  readonly requestTimeout: number;
  /** Mebibytes of the heap of a thread that reads a long body. */
  readonly readerHeap: number;
  /** Conditions of one filter of MLflow, and orders of one list. */
  readonly filterConditions: number;
  /** Requests that write, for each client and second; 0 where they are not bounded. */
  readonly clientWrites: number;
  /** Requests that ask, for each client and second; 0 where they are not bounded. */
  readonly clientQuestions: number;
};

export const REQUEST_LIMITS: RequestLimits = {
  ...CONTENT_LIMITS,
  bytesInFlight: 64 * 1024 * 1024,
  requests: 512,
  requestTimeout: 30_000,
  /* The longest body that is accepted takes about 300 while it is read. */
  readerHeap: 768,
  filterConditions: 100,
  clientWrites: 0,
  clientQuestions: 0,
};

/** The environment variables of the rates; refusals name them. */
export const RATE_VARIABLES = {
  write: 'TRIBUTARY_CLIENT_WRITES_PER_SECOND',
  question: 'TRIBUTARY_CLIENT_QUESTIONS_PER_SECOND',
} as const;

/** Injection token of the ServedLimits, which `GET /v1/limits` lists; the standard ones where nothing is provided. */
export const SERVED_LIMITS = Symbol('SERVED_LIMITS');

/** The limits that a process was configured with. `questions` are absent where it answers none. */
export type ServedLimits = {
  readonly requests?: RequestLimits | undefined;
  readonly questions?: QuestionLimits | undefined;
  readonly answering?: AnsweringLimits | undefined;
  /** Whether GraphQL describes its schema to callers, by introspection and suggestions. */
  readonly introspection?: boolean | undefined;
  /** Bytes of one file of a run or model. */
  readonly artifactBytes?: number | undefined;
  /** Mebibytes of the heap of a worker that estimates; absent where none does. */
  readonly estimateHeap?: number | undefined;
  /** Bytes of memory that all queries use at most together; absent where servers bound them. */
  readonly queryBytes?: number | undefined;
  /** What its requests wait for; absent is what they never do. */
  readonly deadlines?: Partial<Deadlines> | undefined;
};

/** Milliseconds that a request waits for what it asks for. */
export type Deadlines = {
  /** A query; as long again until it can begin. */
  readonly query: number;
  /** An estimate, the time until a worker is free included. */
  readonly estimate: number;
  /** Tables that are to hold a fact, while they are being filled. */
  readonly tables: number;
  /** A rebuild, which goes on. */
  readonly rebuild: number;
};

/** Those of one process. */
export const DEADLINES: Deadlines = { query: 30_000, estimate: 300_000, tables: 120_000, rebuild: 240_000 };

/** Free bytes of a disk below which a process warns, and below which it refuses new facts. */
export type DiskWatermarks = { readonly warn: number; readonly refuse: number };

/** More than the bytes in flight, because those are admitted before they are written. */
export const DISK_WATERMARKS: DiskWatermarks = { warn: 1024 * 1024 * 1024, refuse: 256 * 1024 * 1024 };

/** Milliseconds that a process goes on after a part of it has died. */
export const FAULT_GRACE = 60_000;
