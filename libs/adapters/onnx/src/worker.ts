import { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import type { Tensor, Tensors } from './tensor.ts';

export type ToWorker =
  | { readonly kind: 'open'; readonly bytes: Uint8Array; readonly outputs: readonly string[] }
  | { readonly kind: 'run'; readonly run: number; readonly inputs: Tensors };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'ran'; readonly run: number; readonly outputs: Tensors }
  | { readonly kind: 'failed'; readonly run: number; readonly text: string };

/* One thread each, on the CPU: more threads of one session were slower, and sessions would compete for the cores. */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  logSeverityLevel: 4,
};

type Opened = { readonly session: InferenceSession; readonly outputs: readonly string[] };
let opened: Opened | undefined;

async function answer(message: ToWorker): Promise<FromWorker> {
  if (message.kind === 'open') {
    const { bytes, outputs } = message;
    opened = { session: await InferenceSession.create(bytes, OPTIONS), outputs };
    return { kind: 'ready' };
  }
  if (opened === undefined) throw new Error('no model has been opened');
  return { kind: 'ran', run: message.run, outputs: await run(opened, message.inputs) };
}

async function run({ session, outputs }: Opened, inputs: Tensors): Promise<Tensors> {
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, feedOf(tensor)]));
  const results = Object.entries(await session.run(feeds, [...outputs]));
  return Object.fromEntries(results.map(([name, tensor]) => [name, tensorOf(tensor)]));
}

function feedOf({ dims, data }: Tensor): RuntimeTensor {
  if (data instanceof Int32Array) return new RuntimeTensor('int32', data, [...dims]);
  if (data instanceof Float64Array) return new RuntimeTensor('float64', data, [...dims]);
  return new RuntimeTensor('float32', data, [...dims]);
}

function tensorOf({ dims, data }: RuntimeTensor): Tensor {
  if (data instanceof Float32Array || data instanceof Float64Array || data instanceof Int32Array)
    return { dims, data };
  throw new TypeError('the model returned numbers that are neither float32, float64 nor int32');
}

function failureOf(message: ToWorker, error: unknown): FromWorker {
  const text = error instanceof Error ? error.message : String(error);
  return message.kind === 'open' ? { kind: 'refused', text } : { kind: 'failed', run: message.run, text };
}

process.on('message', (message: ToWorker) => {
  void answer(message)
    .catch((error: unknown) => failureOf(message, error))
    .then((reply) => process.send?.(reply));
});
/* An interrupt of the terminal reaches all processes; the one that asked decides, and this one ends with it. */
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit(0));
