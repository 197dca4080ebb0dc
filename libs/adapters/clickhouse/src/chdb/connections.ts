import { createRequire } from 'node:module';
import type { Session } from 'chdb';

/**
 * Statements that run, and connections of failed sessions that wait for them: the engine ends when a connection is closed
 * beside a running statement. `close` of chdb waits too, but it forgets the connection until the event loop goes on, and
 * at the exit of the process the loop stands still: the engine would be torn down with an open connection.
 */
export class Connections {
  readonly #closeNow = connectionCloser();
  readonly #running = new Set<Promise<void>>();
  readonly #waiting = new Map<unknown, Promise<void>>();

  /** Counts a statement as running until it is settled; returns it. */
  track<Result>(statement: Promise<Result>): Promise<Result> {
    const ended: Promise<void> = statement.then(
      () => void this.#running.delete(ended),
      () => void this.#running.delete(ended),
    );
    this.#running.add(ended);
    return statement;
  }

  /** Closes a session in which no statement runs, when those that run now in other sessions have ended. */
  close(session: Session): void {
    const connection = takeConnection(session);
    session.close();
    if (connection === undefined) return;
    const closed = Promise.all(this.#running).then(() => this.#close(connection));
    this.#waiting.set(connection, closed);
  }

  /** Whether connections of failed sessions are still open. */
  get areWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** Resolves when none is open. */
  async drain(): Promise<void> {
    await Promise.all(this.#waiting.values());
  }

  /** Closes them, and the sessions, while the event loop stands still, as it does when the process exits. No statement may run. */
  closeAllNow(sessions: readonly Session[]): void {
    for (const connection of this.#waiting.keys()) this.#close(connection);
    for (const connection of sessions.map(takeConnection))
      if (connection !== undefined) this.#closeNow(connection);
  }

  #close(connection: unknown): void {
    if (this.#waiting.delete(connection)) this.#closeNow(connection);
  }
}

/** The connection of a session, which is without one from then on, so that chdb does not close it a second time. */
function takeConnection(session: Session): unknown {
  const connection: unknown = session.connection ?? undefined;
  session.connection = null;
  return connection;
}

/** The native function behind `Session.close`, which chdb does not export. The version of chdb is pinned. */
function connectionCloser(): (connection: unknown) => void {
  const require = createRequire(import.meta.url);
  const native: { loadNative(): { CloseConnection(connection: unknown): void } } = createRequire(
    require.resolve('chdb'),
  )('./dist/loader.js');
  return (connection) => native.loadNative().CloseConnection(connection);
}
