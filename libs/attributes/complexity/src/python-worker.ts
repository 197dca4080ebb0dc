import { parentPort } from 'node:worker_threads';
import { openPython } from './python.ts';
import type { CodeIn, Measured } from './python.ts';

/** What the worker is sent. */
export type Batch = { readonly texts: readonly string[]; readonly code: CodeIn };

/** What it answers: its version once it is ready, then one message for each text in their order. */
export type WorkerMessage =
  { readonly version: string } | { readonly measured: Measured; readonly memory: number };

const python = await openPython();
const post = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', ({ texts, code }: Batch) => {
  for (const text of texts) post({ measured: python.measure(text, code), memory: python.memory() });
});
post({ version: python.version });
