import { canonicalJson } from '@tributary/json';
import { groupBy } from '@tributary/kernel';
import { requireNonEmpty } from '../facts/chunks.ts';
import type { Findings } from '../facts/findings.ts';
import { FreeNames } from '../facts/free-names.ts';
import { rowRole } from './experiment.ts';
import type { Experiment, MixtureGroup } from './experiment.ts';
import type { ArmRole } from './file-tokens.ts';
import type { MixtureRow } from './mixture-row.ts';

export type Design = 'controlled_ablation' | 'swarm' | 'observational';

/** Runs with the same mixture, role and design. */
export type Arm = {
  readonly arm: string;
  readonly mixtureId: string;
  readonly role: ArmRole;
  readonly design: Design;
  /** Whether it is the control arm of its design. */
  readonly control: boolean;
  readonly runs: readonly ArmRun[];
};
export type ArmRun = { readonly runId: string; readonly group: MixtureGroup; readonly row: MixtureRow };

const CONTROL = /^(full|baseline|base|control|reference|ref)$/i;
const SEED_TOKEN = /[_.-]?(s|seed|rep|r)?[_.-]?$/i;

type ArmDraft = { group: MixtureGroup; row: MixtureRow; design: Design };

/** The arms of an experiment in file order. */
export function armsOf(experiment: Experiment, findings: Findings): Arm[] {
  const drafts = experiment.groups.flatMap((group) => {
    const controlled = group.rows.some(({ arm }) => arm !== undefined && CONTROL.test(arm));
    return group.rows.map((row) => ({ group, row, design: designOf(controlled, row, findings) }));
  });
  const sets = [...groupBy(drafts, armIdentity).values()];
  const mixturesByName = groupBy(sets, ([draft]) => nameIdentity(draft));
  const free = new FreeNames('~');
  const mixtureIds = new Map<string, string>();
  return sets.map((members) => {
    const [draft] = members;
    const alone = mixturesByName.get(nameIdentity(draft))?.length === 1;
    const [preferred, ...others] = namesFor(members, alone);
    const arm = free.take(preferred, others);
    const weights = canonicalJson(draft?.row.weights ?? []);
    const mixtureId = mixtureIds.get(weights) ?? `${experiment.name}/${arm}`;
    mixtureIds.set(weights, mixtureId);
    return {
      arm,
      mixtureId,
      role: draft ? rowRole(draft.group, draft.row) : 'train',
      design: draft?.design ?? 'swarm',
      control: draft?.design === 'controlled_ablation' && CONTROL.test(draft.row.arm ?? ''),
      runs: members.map(({ group, row }) => ({
        runId: `${experiment.name}/${keyOf(group, row)}`,
        group,
        row,
      })),
    };
  });
}

const nameIdentity = (draft: ArmDraft | undefined): string =>
  draft
    ? canonicalJson([draft.group.label, rowRole(draft.group, draft.row), draft.design, draft.row.arm ?? ''])
    : '';

const armIdentity = (draft: ArmDraft): string => canonicalJson([nameIdentity(draft), draft.row.weights]);

const keyOf = (group: MixtureGroup, row: MixtureRow): string =>
  group.label ? `${group.label}-${row.key}` : row.key;

/**
 * Candidate names of an arm in order of preference: the arm column if it has one mixture, otherwise the common part of
 * the keys.
 */
function namesFor(members: readonly ArmDraft[], alone: boolean): [string, ...string[]] {
  const [first] = members;
  if (!first) return ['arm'];
  const own = first.row.arm;
  const key = keyOf(first.group, first.row);
  const within = (name: string) => (own === undefined ? name : `${own}/${name}`);
  const shared = members.length > 1 ? [within(withoutSeed(key) || key)] : [];
  const named = own !== undefined && alone ? [first.group.label ? `${first.group.label}-${own}` : own] : [];
  return requireNonEmpty([...named, ...shared, within(key)]);
}

/** The key without a seed at its end, such as `_seed3`. */
export function withoutSeed(key: string): string {
  let end = key.length;
  while (/\d/.test(key[end - 1] ?? '')) end -= 1;
  return key.slice(0, end).replace(SEED_TOKEN, '');
}

function designOf(controlled: boolean, row: MixtureRow, findings: Findings): Design {
  const declared = row.design?.toLowerCase();
  if (declared === undefined) return controlled ? 'controlled_ablation' : 'swarm';
  if (declared.includes('ablation')) return 'controlled_ablation';
  if (declared.includes('swarm') || declared.includes('random')) return 'swarm';
  if (!declared.includes('observ'))
    findings.warn(
      'design_unknown',
      `the design "${row.design ?? ''}" is unknown and was imported as observational`,
    );
  return 'observational';
}
