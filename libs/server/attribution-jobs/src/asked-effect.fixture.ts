import { attributeAll, asOneFamily } from '@tributary/attribution';
import type { Effect } from '@tributary/attribution';
import type { TestStore } from '@tributary/fixtures';
import { attributor } from './attributor.ts';
import type { EffectsRequest } from './attributor.ts';
import type { Estimators } from './estimators/pool.ts';

const notAsked = () => Promise.reject(new Error('not asked'));
const estimators: Estimators = {
  attribute: (questions, experiment) => Promise.resolve(asOneFamily(attributeAll(questions, experiment))),
  predict: notAsked,
  model: notAsked,
  design: notAsked,
  rank: notAsked,
  close: () => Promise.resolve(),
};

/** The effect of code on reasoning, where all else gives way. */
export async function effectOfCode(
  { engine }: TestStore,
  asOf: number,
  request: EffectsRequest,
): Promise<Effect> {
  const answer = await attributor(engine.reader, estimators).attribute(
    { capabilities: ['reasoning'], slices: ['code'], displacement: 'proportional', ...request },
    [asOf],
  );
  const effect = answer.ok ? answer.effects[0] : undefined;
  if (!effect) throw new Error(answer.ok ? 'there is no effect' : answer.text);
  return effect;
}
