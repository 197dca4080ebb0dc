import type { FactType } from '@tributary/contracts';
import { appendAll, groupBy } from '@tributary/kernel';
import { Findings } from '../facts/findings.ts';
import type { Folder } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest, PlannedExperiment } from '../importer.ts';
import type { ImportedEvent } from '../facts/imported-event.ts';
import { tableIn } from '../files/table.ts';
import type { Table } from '../files/table.ts';
import { armsOf } from './arm.ts';
import type { Arm } from './arm.ts';
import { experimentsOf } from './experiment.ts';
import type { Experiment } from './experiment.ts';
import { experimentFacts } from './facts.ts';
import { mixtureTable } from './mixture-table.ts';
import type { MixtureTable } from './mixture-table.ts';
import { outcomeTable } from './outcome-table.ts';
import type { OutcomeTable } from './outcome-table.ts';
import { pairTables } from './pairing.ts';
import type { TablePair } from './pairing.ts';

const NAME = { kind: 'sweep', version: '1.1' };

/** Mixture experiments: a table of mixtures and a table of outcomes with a common key. */
export const sweep: Importer = {
  ...NAME,
  looksFor:
    'a table of mixtures whose shares sum to one in each row, and a table of outcomes with the same key',
  detect,
  read,
};

type PairedTables = { readonly pairs: readonly TablePair[]; readonly left: readonly OutcomeTable[] };

async function tablesOf(folder: Folder, findings: Findings): Promise<PairedTables> {
  const mixtures: MixtureTable[] = [];
  const others: Table[] = [];
  for (const file of folder.files) {
    const table = await tableIn(file, findings);
    if (!table) continue;
    const mixture = mixtureTable(table, findings);
    if (mixture) mixtures.push(mixture);
    else others.push(table);
  }
  const outcomes = others.flatMap((table) => outcomeTable(table) ?? []);
  return pairTables(mixtures, outcomes);
}

/** One match for each folder. Tables are paired across folders only if no folder has a pair. */
async function detect({ name, files }: Folder): Promise<FileMatch[]> {
  const byFolder = groupBy(files, (file) => file.folder);
  const matches: FileMatch[] = [];
  for (const members of byFolder.values()) appendAll(matches, await matchOf({ name, files: members }));
  return matches.length > 0 || byFolder.size < 2 ? matches : matchOf({ name, files });
}

async function matchOf(folder: Folder): Promise<FileMatch[]> {
  const { pairs } = await tablesOf(folder, new Findings());
  const paired = pairs.filter(({ outcomes }) => outcomes.length > 0);
  if (paired.length === 0) return [];
  const paths = new Set(pairs.flatMap(pathsOf));
  const files = folder.files.filter(({ path }) => paths.has(path));
  return [{ files, confidence: 1, evidence: paired.map(evidenceOf) }];
}

const pathsOf = ({ mixtures, outcomes }: TablePair): string[] => [
  mixtures.table.path,
  ...outcomes.map(({ table }) => table.path),
];

function evidenceOf({ mixtures, outcomes }: TablePair): string {
  const { table, shares, key } = mixtures;
  const joined = outcomes.map((outcome) => outcome.table.path).join(', ') || 'no table of outcomes';
  return `${table.path} (${shares.length} shares that sum to one) joins ${joined} by the column "${table.columns[key] ?? ''}"`;
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const findings = new Findings();
  const { pairs, left } = await tablesOf(folder, findings);
  for (const { table } of left)
    findings.warn('table_ignored', `${table.path}: no mixture table has the same keys`);
  const experiments = experimentsOf(pairs, request.name ?? folder.name, findings)
    .map((experiment) => ({ experiment, arms: armsOf(experiment, findings) }))
    .filter(({ arms }) => arms.length > 0);
  const parts = experiments.map(({ experiment, arms }) => {
    const events = experimentFacts(NAME, experiment, arms, request);
    reportExperiment(experiment, events, findings);
    return { events, planned: plannedOf(experiment, arms, events) };
  });
  const events = parts.flatMap((part) => part.events);
  if (request.assignment === undefined && events.some(({ type }) => type === 'mixture.experiment.assigned')) {
    findings.warn(
      'assignment_unknown',
      'the files do not say how runs were assigned to arms; declare it with --assignment',
    );
  }
  const byType = Object.fromEntries(
    [...groupBy(events, ({ type }) => type)].map(([type, { length }]) => [type, length]),
  );
  return {
    plan: { events: events.length, byType, experiments: parts.map(({ planned }) => planned) },
    events,
    warnings: findings.warnings,
    rejected: findings.rejected,
    unresolved: findings.unresolved,
  };
}

function reportExperiment(
  experiment: Experiment,
  events: readonly ImportedEvent[],
  findings: Findings,
): void {
  for (const { pair, rows } of experiment.groups) {
    if (pair.outcomes.length > 0 || rows.length === 0) continue;
    const { path } = pair.mixtures.table;
    findings.warn(
      'mixtures_without_outcomes',
      `${path} has no table of outcomes: its rows were imported as plans and not as runs`,
      rows.length,
    );
    findings.leaveUnresolved(path, '', `no outcome table matches its ${rows.length} mixtures`);
  }
  const scores = events.flatMap(({ type, data }) => (type === 'evaluation.score.recorded' ? [data] : []));
  if (scores.length > 0) {
    findings.warn('harness_unknown', 'the tables do not name the evaluation harness', scores.length);
  }
  for (const { pair, outcomes } of experiment.groups) {
    const assumed = [...outcomes.values()].flat().filter(({ metric }) => !metric.directionKnown);
    const [first] = assumed;
    if (!first) continue;
    const example = `${pair.mixtures.table.path}: ${first.capability} (${first.metric.name}): a larger value is assumed to be better`;
    findings.warn('direction_assumed', example, assumed.length);
  }
}

function plannedOf(
  experiment: Experiment,
  arms: readonly Arm[],
  events: readonly ImportedEvent[],
): PlannedExperiment {
  const count = (type: FactType) => events.filter((event) => event.type === type).length;
  const trained = arms.filter(({ runs }) => runs.some(({ group }) => group.pair.outcomes.length > 0));
  const held = trained.filter(({ role }) => role === 'held_out').length;
  const outcomes = experiment.groups.flatMap((group) => [...group.outcomes.values()].flat());
  const weights = arms.flatMap(({ runs }) => runs[0]?.row.weights ?? []);
  return {
    experiment: experiment.name,
    sources: experiment.groups.flatMap(({ pair }) => [
      pair.mixtures.table.path,
      ...pair.outcomes.map(({ table }) => table.path),
    ]),
    mixtures: count('mixture.plan.decided'),
    arms: { train: trained.length - held, held_out: held },
    runs: count('training.run.started'),
    scores: count('evaluation.score.recorded'),
    slices: [...new Set(weights.map(({ slice }) => slice))],
    capabilities: [...new Set(outcomes.map(({ capability }) => capability))],
  };
}
