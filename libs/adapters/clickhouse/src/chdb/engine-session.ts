import type { Session } from 'chdb';
import { engineFault } from '../engine-fault.ts';

/**
 * A session of the engine that is replaced when a statement fails. The output of a failed statement stays in its session
 * and would precede the next answer; a new session costs less than a statement that discards it, and cannot fail to.
 */
export class EngineSession {
  readonly #open: () => Session;
  #session: Session | undefined;
  #isBusy = false;

  /** Opens the first session; throws what `open` throws. */
  constructor(open: () => Session) {
    this.#open = open;
    this.#session = open();
  }

  /** Runs one statement and returns its output. `subject` names the statement in faults, which are those of `engineFault`. */
  async run(subject: string, sql: string, format = 'TabSeparated'): Promise<string> {
    try {
      this.#session ??= this.#open();
      this.#isBusy = true;
      return (await this.#session.queryAsync(sql, { format })).text();
    } catch (cause) {
      this.#replace();
      throw engineFault(subject, engineCode(cause), cause);
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

  /**
   * Closes the connection at once, for a process that exits. `close` of chdb waits for the event loop to hear that
   * statements have ended, and the event loop stands still. No statement may run in the session.
   */
  closeNow(closeConnection: (connection: unknown) => void): void {
    const session = this.#session;
    const connection: unknown = session?.connection;
    if (!session || !connection) return;
    session.connection = null;
    closeConnection(connection);
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
    failed?.close();
  }
}

function engineCode(cause: unknown): number | undefined {
  if (typeof cause !== 'object' || cause === null || !('clickhouseCode' in cause)) return undefined;
  return typeof cause.clickhouseCode === 'number' ? cause.clickhouseCode : undefined;
}
