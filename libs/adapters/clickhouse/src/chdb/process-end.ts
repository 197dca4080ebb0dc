import { setFlagsFromString } from 'node:v8';
import type { Connections } from './connections.ts';
import type { EngineSession } from './engine-session.ts';

/** Signals that end a process, or stop it in its terminal, and that the engine handles once a session is open. */
const FATAL_SIGNALS = [
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGSEGV',
  'SIGSYS',
  'SIGTRAP',
  'SIGTSTP',
] as const;

const ignore = (): void => undefined;

/**
 * Gives fatal signals back to the operating system. The engine's handlers keep a dying process for 300 seconds, with its
 * port and its locks. Node installs a handler of its own for a listener, and the default one when the last listener is
 * gone. The default for SIGSEGV also replaces V8's, which turns an access out of the bounds of WebAssembly into an error:
 * code that is compiled from now on checks its bounds itself.
 */
export function restoreSignalDefaults(): void {
  setFlagsFromString('--wasm-enforce-bounds-checks');
  for (const signal of FATAL_SIGNALS) {
    process.on(signal, ignore);
    process.off(signal, ignore);
  }
}

const STOP_ALL = "KILL QUERY WHERE NOT startsWith(query, 'KILL QUERY') ASYNC";
const STOP_TRIES = 20;
const STOP_PAUSE_MS = 25;

/**
 * Ends the engine in order when the process exits while a statement runs: stops the statements, waits until each has left
 * its session, and closes every session, and what is still open of failed ones. Otherwise Node waits for the threads that
 * the statements occupy, chdb leaves its sessions open because the event loop has not heard of the end of a statement, and
 * the engine is torn down under its own threads: SIGSEGV instead of the exit code. Returns what takes this back. It comes
 * before chdb's own listener, which is enough where no statement runs.
 */
export function endStatementsAtExit(
  connections: Connections,
  spare: EngineSession,
  others: readonly EngineSession[],
): () => void {
  const all = [...others, spare];
  const end = (): void => {
    const busy = all.filter(({ isBusy }) => isBusy);
    if (busy.length === 0 && !connections.areWaiting) return;
    if (busy.length > 0) stopAll(spare, busy.length);
    /* A session takes one statement after the other, so this one waits for the stopped one. */
    for (const session of busy) quietly(() => session.runSync('SELECT 1'));
    connections.closeAllNow(all.flatMap(({ current }) => current ?? []));
  };
  process.prependListener('exit', end);
  return () => void process.off('exit', end);
}

/**
 * A statement that has just been handed to its thread is not known to the engine yet, so statements are stopped until as
 * many are stopped as sessions are busy. Some of those may have ended by themselves, so it is not waited for long.
 */
function stopAll(spare: EngineSession, busy: number): void {
  for (let tries = 0; tries < STOP_TRIES; tries += 1) {
    let stopped = 0;
    quietly(() => {
      spare.runSync(STOP_ALL);
      stopped = Number(spare.runSync('SELECT count() FROM system.processes WHERE is_cancelled'));
    });
    if (stopped >= busy) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STOP_PAUSE_MS);
  }
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The statement was stopped, or the session cannot be used; the process ends in any case.
  }
}
