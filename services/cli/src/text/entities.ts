import type { EntityPage } from '../commands/list.ts';
import type { Hits } from '../commands/search.ts';
import type { EntityReport } from '../commands/show.ts';
import { sameLines } from './aliases.ts';
import { aligned, count, counted, footer, printable } from './format.ts';

/** Kinds that facts register: of these it is said where a fact only refers to one. */
const REGISTERED: ReadonlySet<string> = new Set([
  'run',
  'experiment',
  'mixture',
  'snapshot',
  'shard',
  'checkpoint',
]);

/** Entities that one command lists. */
export const MOST_LISTED = 1_000_000;

/** A table of entities of one kind, with a column for each detail that one of them has. */
export function entitiesText(kind: string, list: EntityPage): string {
  const { nodes, totalCount, pageInfo } = list;
  const keys = [...new Set(nodes.flatMap(({ details }) => details.map(({ key }) => key)))];
  const isNamed = nodes.some(({ key, name }) => name !== key);
  const columns = [kind, ...(isNamed ? ['name'] : []), ...keys].map((title) => ({ title }));
  const rows = nodes.map(({ key, name, registered, details }) => {
    const values = keys.map((wanted) => details.find((one) => one.key === wanted)?.value ?? '');
    return [
      registered || !REGISTERED.has(kind) ? key : `${key} (only referenced)`,
      ...(isNamed ? [name] : []),
      ...values,
    ];
  });
  const more = pageInfo.hasNextPage
    ? [
        `${count(nodes.length)} of ${count(totalCount)}; ${totalCount > MOST_LISTED ? `--limit ${MOST_LISTED} lists the first of them` : `--limit ${totalCount} lists all`}`,
      ]
    : [`${count(totalCount)} in all`];
  const table = rows.length === 0 ? [`there is no such ${kind}`] : [aligned(columns, rows), '', ...more];
  return [...table, '', footer(list)].join('\n');
}

/** A table of hits, each with the text that fits best. */
export function hitsText(text: string, found: Hits): string {
  const { nodes, totalCount, similar } = found;
  const columns = ['kind', 'id', 'why', 'where'].map((title) => ({ title }));
  const rows = nodes.map(({ kind, key, field, fit, excerpt }) => [
    kind,
    key,
    fit === 'whole' ? field : `${fit} of ${field}`,
    field === 'id' ? '' : excerpt,
  ]);
  if (rows.length > 0)
    return [
      aligned(columns, rows),
      '',
      `${count(nodes.length)} of ${count(totalCount)}`,
      '',
      footer(found),
    ].join('\n');
  const like = similar.length > 0 ? [`most like it: ${similar.map(printable).join(', ')}`] : [];
  return [`nothing recorded contains ${printable(text)}`, ...like, '', footer(found)].join('\n');
}

/** What is recorded of one entity, how many neighbours it has, and the first events that name it. */
export function reportText(report: EntityReport): string {
  const { entity, neighbours, events, evidenceTotal } = report;
  const { kind, key, name, registered, firstRecorded, lastRecorded, details } = entity;
  const facts = [
    ...(name === key ? [] : [['name', name]]),
    ...details.map(({ key: title, value }) => [title, value]),
    ...(firstRecorded === null ? [] : [['recorded', `${firstRecorded} to ${lastRecorded}`]]),
  ];
  const around = neighbours.map((one) => [
    one.direction === 'up' ? 'made from' : 'made into',
    one.edge,
    one.kind,
    count(one.neighbours),
  ]);
  const titles = [
    { title: 'direction' },
    { title: 'edge' },
    { title: 'kind' },
    { title: 'number', align: 'right' as const },
  ];
  const eventRows = events.map(({ position, type, recordTime }) => [position, type, recordTime]);
  const eventTitles = ['position', 'event', 'recorded'].map((title) => ({ title }));
  return [
    `${kind} ${printable(key)}${registered || !REGISTERED.has(kind) ? '' : ', which facts only refer to'}`,
    ...(facts.length > 0 ? [aligned([{ title: '' }, { title: '' }], facts).replace(/^\n/, '')] : []),
    '',
    ...(around.length > 0 ? [aligned(titles, around), ''] : []),
    ...sameLines(report),
    aligned(eventTitles, eventRows),
    `named by ${counted(evidenceTotal, 'event')}${events.length < evidenceTotal ? `, ${count(events.length)} of them listed` : ''}`,
    '',
    footer(report),
  ].join('\n');
}
