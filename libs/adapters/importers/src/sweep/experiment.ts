import { groupBy } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import { slicesOf } from '../facts/slice-names.ts';
import { fileTokens, roleOf } from './file-tokens.ts';
import type { ArmRole } from './file-tokens.ts';
import { mixtureRows } from './mixture-row.ts';
import type { MixtureRow } from './mixture-row.ts';
import { outcomesOf } from './outcome-row.ts';
import type { Outcome } from './outcome-row.ts';
import type { OutcomeTable } from './outcome-table.ts';
import type { TablePair } from './pairing.ts';

/** The table pairs of one model scale. */
export type Experiment = {
  readonly name: string;
  readonly scale: string | undefined;
  readonly groups: readonly MixtureGroup[];
};

/** The rows of one mixture table with their outcomes. `label` distinguishes its keys from those of other groups. */
export type MixtureGroup = {
  readonly pair: TablePair;
  readonly label: string;
  readonly role: ArmRole;
  readonly rows: readonly MixtureRow[];
  readonly outcomes: ReadonlyMap<string, readonly ScoredOutcome[]>;
};
type ScoredOutcome = Outcome & { readonly sha256: string };

const SCALE_SUFFIX = /[-_]\d+(\.\d+)?[kmb]$/i;

/** The experiments of an import, one for each scale. The scale is the suffix of the name. */
export function experimentsOf(pairs: readonly TablePair[], name: string, findings: Findings): Experiment[] {
  const byScale = groupBy(pairs, ({ mixtures }) => fileTokens(mixtures.table.path).scale);
  const readable = name.replaceAll(/[^\w.@:-]+/g, '-').slice(0, 128) || 'import';
  return [...byScale].map(([scale, members]) => ({
    name: scale === undefined ? readable : `${readable.replace(SCALE_SUFFIX, '')}-${scale}`,
    scale,
    groups: groupsOf(members, findings),
  }));
}

function groupsOf(pairs: readonly TablePair[], findings: Findings): MixtureGroup[] {
  const splits = pairs.map(({ mixtures }) => fileTokens(mixtures.table.path).split);
  const tokens = splits.map((split) => split?.token ?? '');
  const distinct = new Set(tokens).size === tokens.length;
  const stems = slicesOf(pairs.map(({ mixtures }) => mixtures.table.path.replace(/\.[^./]*$/, '')));
  return pairs.map((pair, index) => {
    const rows = mixtureRows(pair.mixtures, findings);
    return {
      pair,
      label: (distinct ? tokens : stems)[index]?.replaceAll('/', '-') ?? '',
      role: splits[index]?.role ?? 'train',
      rows,
      outcomes: joined(pair, rows, findings),
    };
  });
}

function joined(
  pair: TablePair,
  rows: readonly MixtureRow[],
  findings: Findings,
): Map<string, ScoredOutcome[]> {
  const known = new Set(rows.map(({ key }) => key));
  const found = pair.outcomes.flatMap((outcomes) => resolved(outcomes, known, findings));
  const byKey = groupBy(found, ({ key }) => key);
  for (const { key, line } of pair.outcomes.length > 0 ? rows : []) {
    if (!byKey.has(key)) findings.warn('run_without_outcome', `${pair.mixtures.table.path}:${line} (${key})`);
  }
  return byKey;
}

function resolved(outcomes: OutcomeTable, known: ReadonlySet<string>, findings: Findings): ScoredOutcome[] {
  const { path, sha256 } = outcomes.table;
  const missing = new Set<string>();
  const kept = outcomesOf(outcomes, findings).filter((outcome) => {
    if (known.has(outcome.key)) return true;
    if (!missing.has(outcome.key)) {
      const source = `${path}:${outcome.line}`;
      findings.warn('outcome_without_mixture', `${source} (${outcome.key})`);
      findings.leaveUnresolved(source, outcome.key, `no mixture was imported for ${outcome.key}`);
      missing.add(outcome.key);
    }
    return false;
  });
  return kept.map((outcome) => ({ ...outcome, sha256 }));
}

/** The role of a row by its own split, otherwise by the split of its file. */
export const rowRole = (group: MixtureGroup, row: MixtureRow): ArmRole =>
  row.split === undefined ? group.role : roleOf(row.split);
