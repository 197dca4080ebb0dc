import type { CountedWarning, Detection, ImportPlan, Rejection } from '@tributary/importers';
import type { ImportAnswer } from '../import-answer.ts';
import { aligned, printable } from './aligned.ts';
import { count, counted } from './number.ts';

const SHOWN = 20;

/** What would be created, before anything is. */
export function planText(kind: string, detection: Detection, plan: ImportPlan): string {
  const experiments = plan.experiments.map(
    ({ experiment, mixtures, arms, runs, scores, slices, capabilities }) =>
      `  ${experiment}: ${counted(mixtures, 'mixture')}, ${counted(runs, 'run')} ` +
      `(${counted(arms.train, 'train arm')}, ${count(arms.held_out)} held out), ${counted(scores, 'score')}, ` +
      `${counted(slices.length, 'slice')}, ${capabilities.length === 1 ? '1 capability' : `${count(capabilities.length)} capabilities`}`,
  );
  return printableLines([
    `detected ${kind} (confidence ${detection.confidence.toFixed(2)}): ${detection.evidence.join('; ')}`,
    `would create ${counted(plan.events, 'event')}`,
    ...experiments,
  ]);
}

export function importText(answer: ImportAnswer): string {
  const { kind, appended, duplicates, byType, dryRun, plan } = answer;
  const counts = Object.entries(dryRun && plan ? plan.byType : byType).map(([type, events]) => [
    type,
    count(events ?? 0),
  ]);
  const columns = [{ title: 'type' }, { title: 'events', align: 'right' as const }];
  const done = dryRun
    ? `${kind}: nothing was written`
    : `${kind}: ${counted(appended, 'event')} appended, ${counted(duplicates, 'duplicate')}`;
  return [
    printable(done),
    ...(counts.length > 0 ? ['', aligned(columns, counts)] : []),
    ...section('warnings', answer.warnings.map(warningText)),
    ...section('unresolved', answer.unresolvedReferences.map(placeText)),
    ...section('rejected', answer.rejected.map(placeText)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  and ${count(lines.length - SHOWN)} more (--json lists all)`] : [];
  return [
    '',
    `${title}: ${count(lines.length)}`,
    ...lines.slice(0, SHOWN).map((line) => `  ${printable(line)}`),
    ...more,
  ];
}

const warningText = ({ code, count: times, example }: CountedWarning): string =>
  `${code} × ${count(times)}: ${example}`;

const placeText = ({ source, pointer, reason }: Rejection): string =>
  `${source}${pointer ? `, ${pointer}` : ''}: ${reason}`;

const printableLines = (lines: readonly string[]): string => lines.map(printable).join('\n');
