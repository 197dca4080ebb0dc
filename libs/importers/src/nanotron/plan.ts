import { createHash } from 'node:crypto';
import { canonicalJson } from '@tributary/kernel';
import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from '../imported-event.ts';
import type { Reading } from '../reading.ts';
import { atLeastOne } from '../manifest/config.ts';

type Plan = FactCatalogue['mixture.plan.decided'];
export type Weight = Plan['phases'][number]['weights'][number];
export type Phase = { readonly name: string; readonly fromStep: number; readonly weights: readonly Weight[] };

/** What a file says about a mixture; who decided it and why is rarely in it. */
export type ReadPlan = Pick<Plan, 'unit' | 'missing' | 'citation' | 'snapshotId'> & {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly rationale?: string;
};

/** Adds the mixture, where any phase has a weight. Its id is its name and what it says, whichever file says it. */
export function addPlan(reading: Reading, origin: Origin, plan: ReadPlan): string | undefined {
  const phases = atLeastOne(plan.phases.flatMap(phaseOf).slice(0, 64));
  if (!phases) return undefined;
  const said = canonicalJson([plan.unit, phases, plan.missing ?? []]);
  const mixtureId = `${plan.name.slice(0, 200)}@${createHash('sha256').update(said).digest('hex').slice(0, 12)}`;
  const { name, unit, missing, citation, snapshotId } = plan;
  const rationale = plan.rationale ?? 'Imported from a configuration that does not say why it was decided.';
  reading.add(origin, `${mixtureId}|${digestOf(rationale)}`, {
    type: 'mixture.plan.decided',
    data: {
      mixtureId,
      name: name.slice(0, 512),
      unit,
      phases,
      ...(missing && missing.length > 0 && { missing: missing.slice(0, 1000) }),
      ...(citation !== undefined && { citation: citation.slice(0, 2048) }),
      ...(snapshotId !== undefined && { snapshotId }),
      rationale: rationale.slice(0, 8192),
      decidedBy: 'unknown',
    },
  });
  return mixtureId;
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** A phase ends where the next one starts. */
function phaseOf({ name, fromStep, weights }: Phase, index: number, all: readonly Phase[]) {
  const kept = atLeastOne(weights.slice(0, 4096));
  const next = all[index + 1];
  if (!kept) return [];
  return [
    {
      name: name.slice(0, 256),
      fromStep,
      weights: kept,
      ...(next && next.fromStep > fromStep && { endsAt: next.fromStep - 1 }),
    },
  ];
}

/** Tells where weights do not sum to one; they are kept as they are. */
export function tellSum(reading: Reading, where: string, weights: readonly Weight[]): void {
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) <= 1e-6) return;
  reading.findings.warn('weights_do_not_sum_to_one', `${where}: they sum to ${Number(sum.toPrecision(12))}`);
}
