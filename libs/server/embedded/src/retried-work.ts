import type { Blobs } from '@tributary/blobs';
import type { EventLog } from '@tributary/event-log';
import { Fault, systemClock } from '@tributary/kernel';
import type { ProjectorOptions, ShadowTables, Sink } from '@tributary/projection';
import { OutageTracker, retryingSink } from '@tributary/projector';

/** The work of the projector, repeated while it fails for a reason that passes, such as a full disk. */
export class RetriedWork {
  #isPatient = false;
  readonly #ended = new AbortController();
  readonly #outages: OutageTracker;

  /** `retried` is called for each repetition. `elapsed` returns milliseconds that never go back. */
  constructor(retried: () => void, elapsed = () => performance.now()) {
    this.#outages = new OutageTracker({
      now: systemClock,
      elapsed,
      retried,
      changed: (fault) => {
        if (fault !== undefined && !this.#isPatient) this.#ended.abort(fault);
      },
    });
  }

  /** From now on failures are waited out. Before, at the start of a server, the first one is thrown. */
  begin(): void {
    this.#isPatient = true;
  }

  /** From now on the first failure is thrown; work that succeeds is finished. */
  end(): void {
    this.#isPatient = false;
    if (this.fault() !== undefined) this.#ended.abort(new Fault('stopping', 'the server stops'));
  }

  /** The last failure, or that what was begun does not end; undefined where the work succeeds. */
  fault(): unknown {
    return this.#outages.current()?.fault;
  }

  sink<Block>(sink: Sink<Block>): Sink<Block> {
    const lost = this.#ended.signal;
    return retryingSink(sink, this.#outages, { lost, check: () => lost.throwIfAborted() });
  }

  /** A log whose cursors are set when there is room. */
  log(log: EventLog): ProjectorOptions['log'] {
    return {
      read: (range) => log.read(range),
      changed: (after, signal) => log.changed(after, signal),
      find: (source, id) => log.find(source, id),
      cursors: {
        get: (name) => log.cursors.get(name),
        set: (name, cursor) => this.run(() => log.cursors.set(name, cursor)),
      },
    };
  }

  /** Blobs that are read once the disk gives them. */
  blobs({ read }: Pick<Blobs, 'read'>): Pick<Blobs, 'read'> {
    return { read: (sha256) => this.run(() => read(sha256)) };
  }

  /** Shadow tables that are exchanged once the engine does it: until then, the projector cannot go on. */
  shadow(shadow: ShadowTables): ShadowTables {
    return { ...shadow, exchange: (marks) => this.run(() => shadow.exchange(marks)) };
  }

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#outages.retry(work, this.#ended.signal);
  }
}
