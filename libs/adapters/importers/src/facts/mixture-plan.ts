import { canonicalJson } from '@tributary/json';
import type { FactCatalogue } from '@tributary/contracts';
import type { Origin } from './imported-event.ts';
import type { FactCollector } from './fact-collector.ts';
import { asNonEmpty } from './chunks.ts';
import { truncate, truncateName, sha256Of } from './text.ts';

type MixturePlan = FactCatalogue['mixture.plan.decided'];
export type MixtureWeight = MixturePlan['phases'][number]['weights'][number];
export type MixturePhase = {
  readonly name: string;
  readonly fromStep: number;
  readonly weights: readonly MixtureWeight[];
};

/** A mixture as a file describes it. Few files say who decided it and why. */
export type ImportedMixture = Pick<MixturePlan, 'unit' | 'missing' | 'citation' | 'snapshotId'> & {
  readonly name: string;
  readonly phases: readonly MixturePhase[];
  readonly rationale?: string;
};

const MAX_PHASES = 64;
const MAX_WEIGHTS = 4096;

/**
 * Adds the mixture if any phase has a weight, and returns its id: the name and a digest of the content, independent of
 * the file.
 */
export function addPlan(collector: FactCollector, origin: Origin, plan: ImportedMixture): string | undefined {
  if (isTooLarge(plan)) {
    const why = `the mixture has more than ${MAX_PHASES} phases or ${MAX_WEIGHTS} weights in a phase; split it and import the parts`;
    collector.findings.reject(plan.name, origin.pointer, why);
    return undefined;
  }
  const phases = asNonEmpty(plan.phases.flatMap(phaseOf));
  if (!phases) return undefined;
  const content = canonicalJson([plan.unit, phases, plan.missing ?? []]);
  const mixtureId = `${truncateName(plan.name, 200)}@${digestOf(content)}`;
  const { name, unit, missing, citation, snapshotId } = plan;
  const rationale = plan.rationale ?? 'Imported from a configuration that does not say why it was decided.';
  collector.add(origin, `${mixtureId}|${digestOf(rationale)}`, {
    type: 'mixture.plan.decided',
    data: {
      mixtureId,
      name: truncate(name, 512),
      unit,
      phases,
      ...(missing && missing.length > 0 && { missing }),
      ...(citation !== undefined && { citation: truncate(citation, 2048) }),
      ...(snapshotId !== undefined && { snapshotId }),
      rationale: truncate(rationale, 8192),
      decidedBy: 'unknown',
    },
  });
  return mixtureId;
}

const isTooLarge = ({ phases, missing = [] }: ImportedMixture): boolean =>
  phases.length > MAX_PHASES ||
  missing.length > 1000 ||
  phases.some(({ weights }) => weights.length > MAX_WEIGHTS);

const digestOf = (text: string): string => sha256Of(text).slice(0, 12);

/** A phase ends where the next one starts. */
function phaseOf({ name, fromStep, weights }: MixturePhase, index: number, all: readonly MixturePhase[]) {
  const kept = asNonEmpty(weights);
  const next = all[index + 1];
  if (!kept) return [];
  return [
    {
      name: truncate(name, 256),
      fromStep,
      weights: kept,
      ...(next && next.fromStep > fromStep && { endsAt: next.fromStep - 1 }),
    },
  ];
}

/** Warns if weights do not sum to one. They are imported unchanged. */
export function reportSum(collector: FactCollector, where: string, weights: readonly MixtureWeight[]): void {
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) <= 1e-6) return;
  collector.findings.warn(
    'weights_do_not_sum_to_one',
    `${where}: the weights sum to ${Number(sum.toPrecision(12))}`,
  );
}
