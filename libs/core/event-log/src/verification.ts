import { setImmediate } from 'node:timers/promises';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { Chunk } from './chunk.ts';
import type { Chunks } from './chunks.ts';
import type { Environment } from './environment.ts';
import { entryCount, metaKey } from './environment.ts';
import type { Divergence, RecordedEvent, Verification } from './event-log.ts';
import { DigestSum } from './event-digest.ts';
import type { IdIndex } from './id-index.ts';
import { isRangeEnd } from './log-digests.ts';
import type { LogDigests } from './log-digests.ts';
import { sha256 } from './append-request.ts';
import { decodeCounts } from './start-check.ts';
import type { Head, StreamHeads } from './stream-heads.ts';

type VerifiedLog = {
  readonly environment: Environment;
  readonly chunks: Chunks;
  readonly ids: IdIndex;
  readonly heads: StreamHeads;
  readonly digests: LogDigests;
  /** The durable end. */
  readonly end: () => number;
  /** Resolves when nothing is in flight. */
  readonly quiet: () => Promise<void>;
};

type VerificationFailure = {
  readonly ok: false;
  readonly at: ReturnType<typeof formatEventPosition>;
  readonly divergence: Divergence;
  readonly detail: string;
};

/** Reads the whole log from the disk. Appends continue meanwhile; only the last comparison waits until none is in flight. */
export class Verifier {
  readonly #log: VerifiedLog;
  readonly #streams = new Map<string, Head>();
  readonly #counts = new Map<string, number>();
  readonly #digest = new DigestSum();
  #position = 0;
  #recordTime = 0;
  #chunks = 0;

  constructor(log: VerifiedLog) {
    this.#log = log;
  }

  /** `progress` gets the number of events that were read. */
  async run(progress: (events: number) => void = () => undefined): Promise<Verification> {
    for (;;) {
      while (this.#position < this.#log.end()) {
        const found = this.#nextChunk();
        if (found) return found;
        progress(this.#position);
        await setImmediate();
      }
      await this.#log.quiet();
      if (this.#position === this.#log.end()) return this.#compareParts();
    }
  }

  #nextChunk(): VerificationFailure | undefined {
    try {
      const chunk = this.#log.chunks.fresh(this.#position + 1);
      if (chunk.first !== this.#position + 1)
        return this.#diverges('position', `a chunk starts at ${chunk.first}`);
      this.#chunks += 1;
      return this.#checkChunk(chunk);
    } catch (error) {
      if (error instanceof Fault && error.code === 'log_damaged')
        return this.#diverges('record', error.message);
      throw error;
    }
  }

  #checkChunk(chunk: Chunk): VerificationFailure | undefined {
    for (let at = chunk.first; at <= chunk.last; at += 1) {
      const found = this.#checkEvent(chunk.unverified(at), { at, previous: chunk.previous(at) });
      if (found) return found;
      this.#position = at;
    }
    return undefined;
  }

  #checkEvent(
    event: RecordedEvent,
    { at, previous }: { at: number; previous: number },
  ): VerificationFailure | undefined {
    const before = this.#streams.get(event.stream) ?? { sequence: 0, position: 0 };
    if (sha256(event.bytes) !== event.hash)
      return this.#diverges('hash', 'the bytes do not have the recorded hash');
    if (event.streamSequence !== before.sequence + 1) {
      return this.#diverges('sequence', `sequence ${event.streamSequence} follows ${before.sequence}`);
    }
    if (previous !== before.position)
      return this.#diverges('sequence', `points back to ${previous}, not ${before.position}`);
    if (!(event.recordTime > this.#recordTime))
      return this.#diverges('time', 'recorded before its predecessor');
    if (this.#log.ids.find(event.source, event.id) !== at)
      return this.#diverges('id', 'the index has another position');
    this.#digest.add(at, event);
    if (isRangeEnd(at) && this.#log.digests.kept(at) !== this.#digest.value)
      return this.#diverges('digest', 'the digest of the events up to here is another one');
    this.#recordTime = event.recordTime;
    this.#streams.set(event.stream, { sequence: event.streamSequence, position: at });
    this.#counts.set(event.type, (this.#counts.get(event.type) ?? 0) + 1);
    return undefined;
  }

  #compareParts(): Verification {
    const { environment, heads } = this.#log;
    const events = this.#position;
    for (const [stream, last] of this.#streams) {
      const head = heads.stored(stream);
      if (head?.sequence !== last.sequence || head.position !== last.position)
        return this.#diverges('head', `the head of ${stream} differs`);
    }
    if (entryCount(environment.heads) !== this.#streams.size)
      return this.#diverges('head', 'a head has no stream');
    if (entryCount(environment.ids) !== events) return this.#diverges('id', 'an id has no event');
    if (entryCount(environment.events) !== this.#chunks)
      return this.#diverges('position', 'a chunk is out of order');
    const { digests } = this.#log;
    if (digests.end.position !== events || digests.end.sum !== this.#digest.value)
      return this.#diverges('digest', 'the digest of all events is another one');
    if (!this.#countsAgree()) return this.#diverges('count', 'the counts by type differ');
    return { ok: true, events, streams: this.#streams.size, head: formatEventPosition(events) };
  }

  #countsAgree(): boolean {
    const stored = decodeCounts(this.#log.environment.meta.get(metaKey('counts')));
    return (
      stored.size === this.#counts.size &&
      [...this.#counts].every(([type, count]) => stored.get(type) === count)
    );
  }

  #diverges(divergence: Divergence, detail: string): VerificationFailure {
    return { ok: false, at: formatEventPosition(this.#position + 1), divergence, detail };
  }
}
