export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type SpanOptions = {
  /** The traceparent of the parent span. Default: the current span, or else a new trace. An invalid one counts as absent. */
  readonly parent?: string | undefined;
  /** The traceparents of linked spans, such as those of the events in a batch. The first 64 distinct ones are kept. */
  readonly links?: Iterable<string | undefined>;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Counts, codes and internal names, no payload. Strings are truncated, secrets are masked. */
  readonly attributes?: SpanAttributes;
};

export type Span = {
  /** To pass on with the work. Without an endpoint it is that of the parent, so that the trace continues. */
  readonly traceparent: string | undefined;
  set(attributes: SpanAttributes): void;
};

export type Tracing = {
  /** Whether spans are exported. If not, links need not be collected. */
  readonly on: boolean;
  /** Runs `work` in a span. If it throws, the span gets the error code, and the error is thrown on. */
  span<Outcome>(
    name: string,
    options: SpanOptions,
    work: (span: Span) => Outcome | Promise<Outcome>,
  ): Promise<Outcome>;
  /** The traceparent of the current span. */
  traceparent(): string | undefined;
  /** Sends the remaining spans. Resolves within `deadline` milliseconds, with false if not all were sent. */
  close(deadline?: number): Promise<boolean>;
};
