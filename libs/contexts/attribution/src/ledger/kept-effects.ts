import { isJsonObject } from '@tributary/json';
import { z } from 'zod';
import type { Effect } from '../effect.ts';
import { supported } from '../family.ts';

/** What is read of an effect of a recorded answer. */
export type KeptEffect = Pick<
  Effect,
  | 'estimand'
  | 'displacement'
  | 'effect'
  | 'interval'
  | 'unit'
  | 'identification'
  | 'interpretation'
  | 'n'
  | 'estimator'
  | 'evidence'
>;

const dose = z.object({ mixture: z.string(), share: z.number() });

/** Anybody can record a result, so each of its effects is checked. */
const keptEffect = z.object({
  estimand: z.object({
    kind: z.enum(['presence', 'dose']),
    slice: z.string(),
    capability: z.string(),
    contrast: z.object({ more: dose, less: dose }).nullable(),
    text: z.string(),
  }),
  displacement: z.string(),
  effect: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number(), level: z.number(), method: z.string() }).nullable(),
  unit: z.string().nullable(),
  identification: z.enum([
    'randomised',
    'controlled_ablation',
    'branch_from_checkpoint',
    'phase_change_controlled',
    'phase_change_single_run',
    'observational_adjusted',
    'model_based_influence',
    'associational',
  ]),
  interpretation: z.enum([
    'improves',
    'harms',
    'associated_with_better',
    'associated_with_worse',
    'inconclusive',
    'not_identified',
  ]),
  n: z.object({ runs: z.int().min(0), seeds: z.int().min(0) }),
  estimator: z.object({ id: z.string(), version: z.string() }),
  evidence: z.array(z.string()),
});

/**
 * The effects of a recorded result that can be read. Their interpretations have the words of a cause only where the
 * identification supports them, whatever was recorded.
 */
export function effectsOf(result: unknown): KeptEffect[] {
  const effects: unknown = isJsonObject(result) ? result['effects'] : undefined;
  if (!Array.isArray(effects)) return [];
  return effects.flatMap((one): KeptEffect[] => {
    const { data } = keptEffect.safeParse(one);
    if (!data) return [];
    return [{ ...data, interpretation: supported(data.interpretation, data.identification) }];
  });
}
