import type { ExposureGrouping, ExposureGroupsQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, percent } from './format.ts';
import type { Column } from './format.ts';

export type ExposureGroups = NonNullable<ExposureGroupsQuery['exposureGroups']>;
type Group = ExposureGroups['groups'][number];

/** Groups as a table, with what all of them sum to and what is not listed. */
export function groupsText(found: ExposureGroups): string {
  const { runs, groups, groupCount, totals, omitted, prorated, firstStep, lastStep } = found;
  const steps = lastStep === null ? '' : `, steps ${count(firstStep ?? 0)} to ${count(lastStep)}`;
  return [
    `${counted(runs, 'run')}${steps}: ${sumsText(totals) || '0'} in ${counted(groupCount, 'group')}`,
    '',
    ...(groups.length === 0 ? [] : [tableOf(found), '']),
    ...(omitted.length === 0
      ? []
      : [`${counted(groupCount - groups.length, 'group')} more with ${sumsText(omitted)}`]),
    ...(prorated === 0
      ? []
      : [`of ${counted(prorated, 'recorded range')} only some steps count: that share is inferred`]),
    footer(found),
  ].join('\n');
}

const sumsText = (sums: ExposureGroups['totals']): string =>
  sums.map(({ unit, amount }) => `${amountText(unit, amount)} ${unit}`).join(' and ');

const amountText = (unit: Group['unit'], amount: number): string =>
  unit === 'share' ? brief(amount) : count(amount);

function tableOf({ by, attribute, groups }: ExposureGroups): string {
  const align = 'right';
  const columns: Column[] = [
    ...by.map((part) => ({ title: part === 'attribute' ? (attribute ?? part) : titleOf(part) })),
    { title: 'amount', align },
    { title: 'unit' },
    { title: 'of total', align },
    { title: 'counted' },
  ];
  const rows = groups.map((group) => [
    ...by.map((part) => nameOf(part, group)),
    amountText(group.unit, group.amount),
    group.unit,
    percent(group.share),
    group.method,
  ]);
  return aligned(columns, rows);
}

const titleOf = (part: ExposureGrouping): string => (part === 'window' ? 'steps' : part);

function nameOf(part: ExposureGrouping, group: Group): string {
  if (part === 'window') return `${count(group.firstStep ?? 0)} to ${count(group.lastStep ?? 0)}`;
  const name = part === 'attribute' ? group.value : group[part];
  return name ?? '(unknown)';
}
