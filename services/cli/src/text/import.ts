import { NOTHING_FOUND } from '@tributary/importers';
import type { Ambiguity, CountedWarning, ImportPlan, Rejection, SkippedEntry } from '@tributary/importers';
import type { ImportAnswer, RawFiles } from '../import-answer.ts';
import { aligned, count, counted, printable } from './format.ts';

const SHOWN = 20;

type Found = Pick<ImportAnswer, 'sources' | 'unrecognised' | 'unrecognisedReasons' | 'ambiguous' | 'skipped'>;

const SHOWN_WHY = 3;

/** What was recognised, and why. */
export function foundText(found: Found): string {
  const { sources, unrecognised, unrecognisedReasons = [], ambiguous, skipped } = found;
  const reasons = new Map(unrecognisedReasons.map(({ path, reason }) => [path, reason]));

  const kinds = sources.flatMap(({ kind, sources: number, files, confidence, evidence }) => [
    `recognised ${kind}: ${counted(number, 'source')} in ${counted(files, 'file')} (confidence ${confidence.toFixed(2)})`,
    ...evidence.slice(0, SHOWN_WHY).map((why) => `  ${why}`),
    ...(evidence.length > SHOWN_WHY ? [`  and ${count(evidence.length - SHOWN_WHY)} more`] : []),
  ]);
  return listed([
    ...kinds,
    ...shortened(`left out as ambiguous: ${counted(ambiguous.length, 'file')}`, ambiguous.map(ambiguityText)),
    ...shortened(
      `unrecognised: ${counted(unrecognised.length, 'file')}`,
      unrecognised.map(withReason(reasons)),
    ),
    ...shortened(`not looked at: ${count(skipped.length)}`, skipped.map(skippedText)),
  ]);
}

/** The path alone where nothing more is known. */
const withReason =
  (reasons: ReadonlyMap<string, string>) =>
  (path: string): string => {
    const reason = reasons.get(path) ?? NOTHING_FOUND;
    return reason === NOTHING_FOUND ? path : `${path}: ${reason}`;
  };

const ambiguityText = ({ path, kinds }: Ambiguity): string => `${path}: ${kinds.join(' or ')}`;

const skippedText = ({ path, reason }: SkippedEntry): string => `${path}: ${reason}`;

function shortened(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length > SHOWN ? [`  and ${count(lines.length - SHOWN)} more (--json lists all)`] : [];
  return [title, ...lines.slice(0, SHOWN).map((line) => `  ${line}`), ...more];
}

/** What would be created. */
export function planText(plan: ImportPlan): string {
  const experiments = plan.experiments.map(
    ({ experiment, mixtures, arms, runs, scores, slices, capabilities }) =>
      `  ${experiment}: ${counted(mixtures, 'mixture')}, ${counted(runs, 'run')} ` +
      `(${counted(arms.train, 'train arm')}, ${count(arms.held_out)} held out), ${counted(scores, 'score')}, ` +
      `${counted(slices.length, 'slice')}, ${capabilities.length === 1 ? '1 capability' : `${count(capabilities.length)} capabilities`}`,
  );
  return listed([`would create ${counted(plan.events, 'event')}`, ...experiments]);
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
    ...(answer.raw ? ['', rawText(answer.raw)] : []),
    ...(answer.importId === undefined
      ? []
      : ['', `import ${answer.importId}; to withdraw it: tributary import --undo ${answer.importId}`]),
    ...section('warnings', answer.warnings.map(warningText)),
    ...section('unresolved', answer.unresolvedReferences.map(rejectionText)),
    ...section('rejected', answer.rejected.map(rejectionText)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : ['', ...shortened(`${title}: ${count(lines.length)}`, lines.map(printable))];
}

const rawText = ({ kept, known, withheld }: RawFiles): string =>
  `raw files: ${count(kept)} kept, ${count(known)} known, ${count(withheld)} not kept`;

const warningText = ({ code, count: times, example }: CountedWarning): string =>
  `${code} × ${count(times)}: ${example}`;

const rejectionText = ({ source, pointer, reason }: Rejection): string =>
  `${source}${pointer ? `, ${pointer}` : ''}: ${reason}`;

const listed = (lines: readonly string[]): string => lines.map(printable).join('\n');
