import type { MadeFact } from '@tributary/capture';
import { redactSecrets } from '@tributary/kernel';
import { numberAttribute, textAttribute } from '../decoding/attributes.ts';
import type { Attributes } from '../decoding/attributes.ts';

/** The attempt of a run that a process belongs to. */
export type RunOfResource = { readonly runId: string; readonly attempt: number };

/** In order of precedence. */
const RUN_KEYS = ['nemo.run.id', 'tributary.run.id', 'slurm.job.id', 'service.instance.id'];
const RESTART_KEYS = ['slurm.restart_count', 'slurm.job.restart_count', 'tributary.run.restarts'];

/** Undefined where the resource names no run. Each restart of a job is a further attempt. */
export function runOfResource(resource: Attributes): RunOfResource | undefined {
  const runId = RUN_KEYS.map((key) => textAttribute(resource, key)).find((id) => id !== undefined);
  if (runId === undefined || runId.length > 256) return undefined;
  const restarts = RESTART_KEYS.map((key) => Number(resource.get(key))).find((count) => count >= 0) ?? 0;
  return { runId, attempt: 1 + Math.min(Math.trunc(restarts), 999_998) };
}

/** Whether the resource has attributes of a trainer. Others start no run. */
export const isTrainer = (resource: Attributes): boolean =>
  [...resource.keys()].some((key) => /^(?:megatron|nemo|dl|tributary\.run)\./.test(key));

const MAX_ATTRIBUTES = 400;

/** Derives the start of a run from its resource, because the span of the run arrives at its end. */
export function startedFact(run: RunOfResource, resource: Attributes): MadeFact {
  const layers = numberAttribute(resource, 'megatron.num_layers');
  const hidden = numberAttribute(resource, 'megatron.hidden_size');
  const architecture = layers && hidden ? `${layers} layers of ${hidden}` : undefined;
  const name =
    textAttribute(resource, 'megatron.model_type') ?? textAttribute(resource, 'service.name') ?? 'unknown';
  return {
    type: 'training.run.started',
    data: {
      ...run,
      model: {
        name: name.slice(0, 256).toWellFormed(),
        ...(architecture === undefined ? {} : { architecture }),
      },
      config: redactSecrets(Object.fromEntries([...resource].filter(isPlain).slice(0, MAX_ATTRIBUTES))).value,
      seeds: {},
    },
  };
}

const isPlain = ([, value]: readonly [string, unknown]): boolean =>
  typeof value !== 'number' || Number.isFinite(value);
