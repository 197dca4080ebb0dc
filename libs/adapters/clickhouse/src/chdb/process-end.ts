import { setFlagsFromString } from 'node:v8';
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

/**
 * Stops running statements when the process exits, because Node waits for the threads that they occupy. Returns what takes
 * this back. It comes before the engine's own listener, which closes the sessions.
 */
export function stopStatementsAtExit(spare: EngineSession): () => void {
  const stop = (): void => {
    try {
      spare.runSync(STOP_ALL);
    } catch {
      // The process ends without it, later.
    }
  };
  process.prependListener('exit', stop);
  return () => void process.off('exit', stop);
}
