export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type SpanOptions = {
  /** Traceparent of what this span is a part of. Absent: the span under way, or a new trace. A malformed one counts as absent. */
  readonly parent?: string | undefined;
  /** Traceparents of spans that led to this one without containing it: those of a batch's events. The first 64 that differ are kept. */
  readonly links?: Iterable<string | undefined>;
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Counts, codes, names of ours. No payload; strings are cut short, secret names masked. */
  readonly attributes?: SpanAttributes;
};

export type Span = {
  /** To hand on with the work. Without an endpoint it is the parent's, so that a trace goes on behind this process. */
  readonly traceparent: string | undefined;
  set(attributes: SpanAttributes): void;
};

export type Tracing = {
  /** Whether spans go anywhere; otherwise gathering links is in vain. */
  readonly on: boolean;
  /** Runs `work` inside a span. Where it throws, the span says with which code, and the error goes on. */
  span<Outcome>(
    name: string,
    options: SpanOptions,
    work: (span: Span) => Outcome | Promise<Outcome>,
  ): Promise<Outcome>;
  /** Of the span that the caller runs in. */
  traceparent(): string | undefined;
  /** Sends what is left. Resolves after `deadline` milliseconds at the latest; false where not all was sent. */
  close(deadline?: number): Promise<boolean>;
};
