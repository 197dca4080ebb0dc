import type { Diff } from '../commands/diff.ts';
import type { Change, Section, SectionName, Value } from '../diff/section.ts';
import { aligned, brief, count, footer, percent, printable } from './format.ts';

/** Changes of a section that are listed; JSON lists all. */
const LISTED = 40;

/** What two things differ in, section by section. */
export function diffText(diff: Diff): string {
  const { kind, first, second, sections } = diff;
  const differ = sections.filter(({ changes }) => changes.length > 0);
  const same = sections.filter(({ changes, equal }) => changes.length === 0 && equal > 0);
  return [
    `${kind} ${printable(first)} and ${printable(second)}`,
    '',
    ...differ.flatMap(sectionLines),
    ...(same.length > 0 ? [`the same: ${same.map(sameText).join(', ')}`, ''] : []),
    footer(diff),
  ].join('\n');
}

function sectionLines({ name, equal, changes }: Section): string[] {
  const hasDifference = changes.some(({ difference }) => difference !== null);
  const right = hasDifference ? { align: 'right' as const } : {};
  const columns = [
    { title: name },
    { title: 'first', ...right },
    { title: 'second', ...right },
    ...(hasDifference ? [{ title: 'difference', ...right }] : []),
  ];
  const rows = changes.slice(0, LISTED).map((change) => cellsOf(name, change));
  const more = changes.length - LISTED;
  return [
    aligned(columns, rows),
    ...(more > 0 ? [`… and ${count(more)} more; --json lists all`] : []),
    ...(equal > 0 ? [`${count(equal)} more the same`] : []),
    '',
  ];
}

function cellsOf(name: SectionName, { key, first, second, difference }: Change): string[] {
  const text = numberText(name, key);
  const sign = difference !== null && difference > 0 ? '+' : '';
  return [
    key,
    valueText(first, text),
    valueText(second, text),
    difference === null ? '' : `${sign}${text(difference)}`,
  ];
}

/** Facts and configurations are compared by their digits: a seed or a size of a vocabulary is no measurement. */
function numberText(name: SectionName, key: string): (value: number) => string {
  if (name === 'weights') return percent;
  if (name === 'scores' || key === 'lastLoss') return brief;
  if (name === 'tokens' || name === 'consumed')
    return (value) => (Number.isInteger(value) ? count(value) : brief(value));
  return String;
}

/** Characters of a text that a table shows; JSON has all of them. */
const SHOWN = 120;

function valueText(value: Value, text: (value: number) => string): string {
  if (value === null) return '-';
  if (typeof value === 'number') return text(value);
  const whole = String(value);
  return whole.length <= SHOWN ? whole : `${whole.slice(0, SHOWN)}… (${count(whole.length)} characters)`;
}

const sameText = ({ name, equal }: Section): string => `${name} (${count(equal)})`;
