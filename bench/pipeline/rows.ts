import { randomBytes } from 'node:crypto';

/** A step of a run with 13 metrics, as a trainer logs them. */
export type Step = {
  readonly run: string;
  readonly step: number;
  readonly loss: number;
  readonly metrics: Readonly<Record<string, number>>;
};

/** Consecutive steps of one run before the next run follows. */
const STRETCH = 1_024;
const RUNS = 8;
const EXTRA = [
  'mfu',
  'param_norm',
  'memory_gb',
  'data_wait',
  'z_loss',
  'balance_loss',
  'clip_rate',
  'throughput',
  'skipped',
  'temperature',
];

/** Deterministic steps: a decaying loss with noise, and numbers of six significant digits. */
export function steps(count: number): Step[] {
  let state = 1;
  const noise = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const short = (value: number): number => Number(value.toPrecision(6));
  return Array.from({ length: count }, (_, index) => {
    const stretch = Math.floor(index / STRETCH);
    const step = Math.floor(stretch / RUNS) * STRETCH + (index % STRETCH) + 1;
    const metrics = Object.fromEntries(EXTRA.map((name) => [name, short(noise())]));
    return { run: `bench-${stretch % RUNS}`, step, loss: short(8 / Math.sqrt(step) + noise()), metrics };
  });
}

/** The row of `training_step` that a step becomes. */
export const tableRow = ({ run, step, loss, metrics }: Step, position: number) => ({
  run_id: run,
  attempt: 1,
  step,
  loss,
  learning_rate: 0.0003,
  grad_norm: 1.25,
  tokens: 4_194_304,
  extra: metrics,
  _position: position,
});

/** One event with consecutive steps of one run, as a JSON line. */
export function eventLine(steps: readonly Step[]): string {
  const columns = new Map<string, number[]>();
  for (const { loss, metrics } of steps) {
    const values = { loss, learningRate: 0.0003, gradNorm: 1.25, tokens: 4_194_304, ...metrics };
    for (const [name, value] of Object.entries(values)) listIn(columns, name).push(value);
  }
  return JSON.stringify({
    specversion: '1.0',
    id: uuidV7(),
    source: 'urn:tributary:bench',
    type: 'training.steps.recorded',
    time: '2026-11-24T12:00:00.000000Z',
    data: {
      runId: steps[0]?.run,
      attempt: 1,
      steps: steps.map(({ step }) => step),
      columns: Object.fromEntries(columns),
    },
  });
}

let milliseconds = Date.now();
let counter = 0;

/** An ascending UUIDv7 (RFC 9562, monotonic on one machine). */
function uuidV7(): string {
  counter = (counter + 1) % 4096;
  if (counter === 0) milliseconds += 1;
  const time = milliseconds.toString(16).padStart(12, '0');
  const tail = randomBytes(8).toString('hex');
  const variant = (8 + (Number.parseInt(tail.charAt(0), 16) % 4)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`;
}

function listIn(columns: Map<string, number[]>, name: string): number[] {
  const known = columns.get(name);
  if (known) return known;
  const list: number[] = [];
  columns.set(name, list);
  return list;
}
