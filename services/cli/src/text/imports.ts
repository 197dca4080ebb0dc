import type { ImportPage } from '../commands/imports.ts';
import type { ImportContentsQuery } from '../generated/documents.ts';
import { aligned, count, counted, footer, printable } from './format.ts';
import { commandWord } from './command-word.ts';

type Contents = NonNullable<ImportContentsQuery['importContents']>;

/** A table of imports, oldest first. */
export function importsText(list: ImportPage): string {
  const columns = [
    { title: 'import' },
    { title: 'began' },
    { title: 'state' },
    { title: 'added', align: 'right' as const },
    { title: 'known', align: 'right' as const },
    { title: 'refused', align: 'right' as const },
    { title: 'kinds' },
    { title: 'paths' },
  ];
  const rows = list.nodes.map((one) => [
    one.id,
    one.startedAt.slice(0, 19).replace('T', ' '),
    one.state,
    count(one.stored),
    count(one.repeated),
    one.refused === null ? '' : count(one.refused),
    one.kinds.map(({ kind }) => kind).join(', '),
    one.paths.join(' '),
  ]);
  const withdrawn = list.nodes.flatMap(({ id, withdrawal }) =>
    withdrawal
      ? [
          printable(
            `${id} was withdrawn by ${withdrawal.actor} at ${withdrawal.position}: ${withdrawal.reason}`,
          ),
        ]
      : [],
  );
  const table = rows.length === 0 ? ['nothing was imported'] : [aligned(columns, rows)];
  return [...table, ...(withdrawn.length > 0 ? ['', ...withdrawn] : []), '', footer(list)].join('\n');
}

/** What an import added, and what of it would not count any more. */
export function contentsText(contents: Contents): string {
  const { import: imported, entities } = contents;
  const types = imported.byType.map(({ type, events }) => [type, count(events)]);
  const named = entities.map(({ kind, count: number, ids }) => [
    kind,
    count(number),
    `${ids.slice(0, SHOWN).join(', ')}${number > SHOWN ? ', …' : ''}`,
  ]);
  const right = 'right' as const;
  return [
    printable(
      `import ${imported.id} of ${imported.paths.map(commandWord).join(' ')} (${imported.state}) added ${counted(imported.stored, 'event')}; nothing was written`,
    ),
    ...(types.length > 0 ? ['', aligned([{ title: 'type' }, { title: 'events', align: right }], types)] : []),
    ...(named.length > 0
      ? [
          '',
          aligned([{ title: 'they name' }, { title: 'number', align: right }, { title: 'such as' }], named),
        ]
      : []),
    '',
    footer(contents),
  ].join('\n');
}

const SHOWN = 3;

/** What was withdrawn, and how to have it again. */
export function withdrawnText({ import: imported, entities }: Contents, position: string): string {
  const named = entities.map(({ kind, count: number }) => counted(number, kind)).join(', ');
  return [
    printable(
      `import ${imported.id} is withdrawn at position ${position}: ${counted(imported.stored, 'event')}${named === '' ? '' : ` about ${named}`}`,
    ),
    printable(`to have it again: tributary import ${imported.paths.map(commandWord).join(' ')}`),
  ].join('\n');
}
