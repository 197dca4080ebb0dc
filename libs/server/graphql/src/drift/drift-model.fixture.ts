import type { SentEvent } from '../graphql-server.fixture.ts';

type Started = {
  attempt: number;
  mixtureId?: string;
  resumedFrom?: { step: number };
};
type Exposure = {
  attempt: number;
  firstStep: number;
  lastStep: number;
  amounts: { slice: string; amount: number }[];
};
type Plan = {
  mixtureId: string;
  phases: { fromStep: number; endsAt?: number; weights: { slice: string; weight: number }[] }[];
};

/**
 * A window by a loop over its steps: what was consumed by slice of the plan, and its distance from the planned shares,
 * null where there is none or where it is infinite.
 */
export function windowOf(
  events: readonly SentEvent[],
  { firstStep, lastStep }: { readonly firstStep: number; readonly lastStep: number },
) {
  const steps: ModelStep[] = [];
  for (let step = firstStep; step <= lastStep; step += 1) steps.push(stepOf(events, step));
  const planned = steps[0]?.planned;
  const isOnePlan = new Set(steps.map((step) => JSON.stringify([...(step.planned ?? [])]))).size === 1;
  const amounts = new Map<string, number>();
  for (const [slice, amount] of steps.flatMap(({ consumed }) => [...consumed])) {
    const name = planned && slice === 'c/x' ? 'c' : slice;
    amounts.set(name, (amounts.get(name) ?? 0) + amount);
  }
  return { amounts, isOnePlan, ...distanceOf(amounts, planned) };
}

function distanceOf(amounts: ReadonlyMap<string, number>, planned: ModelStep['planned']) {
  const total = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  if (!planned || total === 0) return { l1: null, kl: null };
  let [l1, kl] = [0, 0];
  for (const name of new Set([...amounts.keys(), ...planned.keys()])) {
    const [left, right] = [planned.get(name) ?? 0, (amounts.get(name) ?? 0) / total];
    l1 += Math.abs(right - left);
    if (right > 0) kl += right * Math.log(right / left);
  }
  return { l1, kl: kl === Infinity ? null : kl };
}

/** What was planned for one step, and what was consumed in it, by slice. */
type ModelStep = {
  readonly planned: ReadonlyMap<string, number> | undefined;
  readonly consumed: ReadonlyMap<string, number>;
};

/** One step of a log of one run, without any table: the facts that count are read anew for each step. */
function stepOf(events: readonly SentEvent[], step: number): ModelStep {
  const corrected = new Set(events.map((event) => event['corrects']));
  const counted = events.filter(({ id }) => !corrected.has(id));
  const of = <Data>(type: string): Data[] =>
    counted.filter((event) => event.type === type).map((event) => event['data'] as Data);
  const starts = of<Started>('training.run.started').toSorted((a, b) => b.attempt - a.attempt);
  const charge = inCharge(starts, step);
  const mixture = starts.find((start) => start.attempt <= charge && start.mixtureId)?.mixtureId;
  const plans = of<Plan>('mixture.plan.decided').filter((plan) => plan.mixtureId === mixture);
  const skips = of<{ attempt: number; steps: number[] }>('training.steps.skipped');
  const skipped = skips.some(({ attempt, steps }) => attempt === charge && steps.includes(step));
  return {
    planned: plannedAt(plans, step),
    consumed: skipped ? new Map() : consumedAt(of<Exposure>('training.exposure.recorded'), charge, step),
  };
}

/** The attempt whose step it is: the newest one that began by then. */
function inCharge(newestFirst: readonly Started[], step: number): number {
  const began = newestFirst.find(
    ({ attempt, resumedFrom }) => attempt === 1 || (resumedFrom?.step ?? 0) < step,
  );
  return began?.attempt ?? 1;
}

function plannedAt(plans: readonly Plan[], step: number): Map<string, number> | undefined {
  const decision = plans.findLast(({ phases }) => (phases[0]?.fromStep ?? Infinity) <= step);
  const phase = decision?.phases.findLast(({ fromStep }) => fromStep <= step);
  if (!phase || (phase.endsAt ?? Infinity) < step) return undefined;
  const total = phase.weights.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(phase.weights.map(({ slice, weight }) => [slice, weight / total]));
}

function consumedAt(exposures: readonly Exposure[], attempt: number, step: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const range of exposures) {
    if (range.attempt !== attempt || range.firstStep > step || range.lastStep < step) continue;
    const length = range.lastStep - range.firstStep + 1;
    for (const { slice, amount } of range.amounts)
      found.set(slice, (found.get(slice) ?? 0) + amount / length);
  }
  return found;
}
