/** How much one body may be, and one fact in it. */
export type EventLimits = {
  /** Events in one request. */
  readonly batchEvents: number;
  /** Bytes of one event, with its data in a blob or not. */
  readonly eventBytes: number;
  /** Bytes of one event of telemetry, which is columnar and stays in the log. */
  readonly telemetryBytes: number;
  /** Levels of arrays and objects in each other, the event itself included. */
  readonly eventDepth: number;
  /** Members of one object. */
  readonly eventKeys: number;
};

/** How many bytes a body may have. */
export type BodyLimits = {
  /** Bytes on the wire. */
  readonly wireBytes: number;
  /** Bytes after inflating. */
  readonly bodyBytes: number;
  /** Bytes after inflating for each byte of gzip. */
  readonly inflationRatio: number;
  /** Bytes of gzip of an OpenLineage request, whose events are longer than others: real ones reach 23 MB. */
  readonly lineageWireBytes: number;
  /** Bytes of an OpenLineage request without compression. */
  readonly lineageBodyBytes: number;
  /** Bytes of content that is stored by its digest, which is streamed and never held as a whole. */
  readonly blobBytes: number;
  /** Levels of arrays and objects in the JSON of a body that is no event. */
  readonly jsonDepth: number;
};

export type ContentLimits = EventLimits & BodyLimits;

const MIB = 1024 * 1024;

export const CONTENT_LIMITS: ContentLimits = {
  wireBytes: 4 * MIB,
  bodyBytes: 8 * MIB,
  /* Deflate reaches 1,032, with one byte that is repeated; columns of equal numbers reach several hundred. */
  inflationRatio: 1_000,
  lineageWireBytes: 10 * MIB,
  lineageBodyBytes: 32 * MIB,
  blobBytes: 1024 * MIB,
  /* An attribute of OTLP is on level 10, and each map in one takes four more. */
  jsonDepth: 128,
  batchEvents: 5_000,
  eventBytes: 8 * MIB,
  telemetryBytes: MIB,
  eventDepth: 32,
  eventKeys: 10_000,
};

/**
 * The most that a process can be configured with: threads that read long bodies have 768 MiB of heap, an event that is deeper
 * has no canonical form, by which facts are hashed, and values of other JSON are read by functions that call themselves.
 */
export const CONTENT_CEILINGS = {
  wireBytes: 64 * MIB,
  bodyBytes: 64 * MIB,
  lineageWireBytes: 64 * MIB,
  lineageBodyBytes: 64 * MIB,
  eventBytes: 64 * MIB,
  telemetryBytes: 8 * MIB,
  eventDepth: 32,
  jsonDepth: 1_024,
} as const;

/** What an event keeps that any process has accepted, whatever that one was configured with. */
export const WIDEST_LIMITS: EventLimits = { ...CONTENT_LIMITS, ...CONTENT_CEILINGS, eventKeys: Infinity };

/** The environment variables that change them; refusals name them. */
export const CONTENT_VARIABLES: Readonly<Record<keyof ContentLimits, string>> = {
  wireBytes: 'TRIBUTARY_WIRE_BYTES',
  bodyBytes: 'TRIBUTARY_BODY_BYTES',
  inflationRatio: 'TRIBUTARY_INFLATION_RATIO',
  lineageWireBytes: 'TRIBUTARY_LINEAGE_WIRE_BYTES',
  lineageBodyBytes: 'TRIBUTARY_LINEAGE_BODY_BYTES',
  blobBytes: 'TRIBUTARY_BLOB_BYTES',
  batchEvents: 'TRIBUTARY_BATCH_EVENTS',
  eventBytes: 'TRIBUTARY_EVENT_BYTES',
  telemetryBytes: 'TRIBUTARY_TELEMETRY_BYTES',
  eventDepth: 'TRIBUTARY_EVENT_DEPTH',
  eventKeys: 'TRIBUTARY_EVENT_KEYS',
  jsonDepth: 'TRIBUTARY_JSON_DEPTH',
};
