import type { DecideMixtureMutation } from '../generated/documents.ts';
import { printable } from './format.ts';
import { quoted } from './command-word.ts';

type Recorded = Extract<DecideMixtureMutation['decideMixture'], { position: string }>;

/** What was recorded of a mixture. */
export type RecordedDecision = { readonly mixture: string } & Recorded;

/** What was decided, what is odd about it, and the command that comes next. */
export function decidedText(decisions: readonly RecordedDecision[]): string {
  const lines = decisions.flatMap((decision) => {
    const { mixture, isNew, position } = decision;
    const words = isNew ? 'is decided: position' : 'was decided like this at position';
    return [`mixture ${printable(mixture)} ${words} ${position}`, ...warningLines(decision)];
  });
  const [first] = decisions;
  return [
    ...lines,
    ...(first ? [`To approve: tributary approve ${quoted(printable(first.mixture))}`] : []),
  ].join('\n');
}

export const approvedText = (decision: RecordedDecision): string =>
  [
    `mixture ${printable(decision.mixture)} is approved: position ${decision.position}`,
    ...warningLines(decision),
  ].join('\n');

export const supersededText = (decision: RecordedDecision, by: string): string =>
  [
    `mixture ${printable(decision.mixture)} is superseded by ${printable(by)}: position ${decision.position}`,
    ...warningLines(decision),
    `What differs: tributary diff ${quoted(`mixture:${printable(decision.mixture)}`)} ${quoted(`mixture:${printable(by)}`)}`,
  ].join('\n');

const warningLines = ({ warnings }: Recorded): string[] =>
  warnings.map(({ code, text }) => `! ${code}: ${printable(text)}`);
