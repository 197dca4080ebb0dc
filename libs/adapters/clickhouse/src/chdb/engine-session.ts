import type { MetLimit } from '@tributary/kernel';
import type { Session } from 'chdb';
import { engineFault } from '../engine-fault.ts';
import type { Connections } from './connections.ts';

/**
 * A session of the engine that is replaced when a statement fails. The output of a failed statement stays in its session
 * and would precede the next answer; a new session costs less than a statement that discards it, and cannot fail to.
 */
export class EngineSession {
  readonly #open: () => Session;
  readonly #connections: Connections;
  readonly #memory: MetLimit | undefined;
  #session: Session | undefined;
  #isBusy = false;

  /** Opens the first session; throws what `open` throws. `memory` is what its statements have together with others. */
  constructor(open: () => Session, connections: Connections, memory?: MetLimit) {
    this.#memory = memory;
    this.#open = open;
    this.#connections = connections;
    this.#session = open();
  }

  /** Runs one statement and returns its output. `subject` names the statement in faults, which are those of `engineFault`. */
  async run(subject: string, sql: string, format = 'TabSeparated'): Promise<string> {
    try {
      this.#session ??= this.#open();
      this.#isBusy = true;
      return (await this.#connections.track(this.#session.queryAsync(sql, { format }))).text();
    } catch (cause) {
      this.#replace();
      throw engineFault(subject, engineCode(cause), cause, this.#memory);
    } finally {
      this.#isBusy = false;
    }
  }

  /** Whether a statement runs, or has ended and the event loop has not heard of it yet. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Runs one statement while the event loop stands still, as it does when the process exits. */
  runSync(sql: string): string {
    return this.#session?.query(sql, 'TabSeparated') ?? '';
  }

  /** The session that is open now. */
  get current(): Session | undefined {
    return this.#session;
  }

  close(): void {
    this.#session?.close();
    this.#session = undefined;
  }

  /** Opens the next session first: the engine would shut down with its last one. */
  #replace(): void {
    const failed = this.#session;
    try {
      this.#session = this.#open();
    } catch {
      this.#session = undefined;
    }
    if (failed) this.#connections.close(failed);
  }
}

function engineCode(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('clickhouseCode' in cause)) return undefined;
  return typeof cause.clickhouseCode === 'number' ? cause.clickhouseCode : undefined;
}
