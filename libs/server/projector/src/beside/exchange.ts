import { setTimeout as pause } from 'node:timers/promises';
import type { Cursor } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { CURSOR, versionOf } from '@tributary/projection';
import type { Rebuilding } from './rebuilding.ts';
import { commitsOf, keeping, kept, reachOf, standsOf } from './stand.ts';
import type { Stand } from './stand.ts';

/**
 * Keeps the marks of the tables that are to be exchanged, in the order of their names: 37 bytes each. A broker takes
 * 4096 bytes beside an offset and refuses the plan above.
 */
const EXCHANGE = 'exchange';
const NEXT = 'next-';
const MISFITS = 'misfits';

/** No version of the projections is called so: while the live group names it, no projector works. */
const EXCHANGING = '0@exchanging:';

export const isExchanging = (live: readonly Stand[]): boolean =>
  live.some((stand) => kept(stand, EXCHANGE) !== undefined);

/**
 * From here on the tables beside are the ones that count, and no projector works until `finishExchange` is through. It
 * is one commit of the live group, which keeps all that is needed to go on after a kill. Throws Fault `group_busy`
 * where the group has a member again.
 */
export async function planExchange(work: Rebuilding, live: readonly Stand[]): Promise<void> {
  const { topic, groups, shadow, tables, version } = work;
  const next = standsOf(await topic.commits(groups.next));
  const marks = await shadow.marks(tables);
  const text = tables.toSorted().map((table) => marks[table] ?? '');
  const planned = next.map((stand, partition): Stand => {
    const { offset } = stand;
    const misfits = live[partition]?.cursors.get(MISFITS);
    const cursors: [string, Cursor][] = [
      [CURSOR, keeping(EXCHANGING, partition, offset)],
      [EXCHANGE, keeping(text.join(','), partition, offset)],
      ...nextCursors(stand, live[partition], { partition, version }),
    ];
    if (misfits) cursors.push([MISFITS, misfits]);
    return { offset, cursors: new Map(cursors) };
  });
  await topic.moveGroup(groups.live, commitsOf(planned));
}

/**
 * The cursors of the new tables under names of their own. A range that a dead projector of the same version had
 * planned stays planned: should its insert arrive late, the new tables know its token.
 */
function* nextCursors(
  next: Stand,
  live: Stand | undefined,
  { partition, version }: { readonly partition: number; readonly version: string },
): Generator<[string, Cursor]> {
  const before = live?.cursors.get(CURSOR);
  const isPlanned = live !== undefined && reachOf(live) > next.offset;
  const { position } = keeping('', partition, next.offset);
  const filled = next.cursors.get(CURSOR);
  if (before?.planned && isPlanned && versionOf(before) === version)
    yield [`${NEXT}${CURSOR}`, { position, planned: before.planned }];
  else if (filled) yield [`${NEXT}${CURSOR}`, filled];
  const misfits = next.cursors.get(MISFITS);
  if (misfits) yield [`${NEXT}${MISFITS}`, misfits];
}

/**
 * Each step may be done twice. Throws Fault `rebuild_version` where another version had begun it, and `shadow_lost`
 * where tables that were to be exchanged are gone; a rebuild from the first event on mends both.
 */
export async function finishExchange(work: Rebuilding): Promise<void> {
  const { topic, groups, shadow, tables, version } = work;
  const live = standsOf(await topic.commits(groups.live));
  const marks = marksIn(live, tables, version);
  await shadow.exchange(marks).catch((fault: unknown) => {
    if (!(fault instanceof Fault && fault.code === 'shadow_lost')) throw fault;
    throw new Fault('shadow_lost', `${fault.message}; fill new ones with \`rebuild --fresh\``, {
      cause: fault,
    });
  });
  await moveWhenFree(work, live.map(withNextCursors));
}

function marksIn(live: readonly Stand[], tables: readonly string[], version: string): Record<string, string> {
  const [text = ''] = live.flatMap((stand) => kept(stand, EXCHANGE) ?? []);
  const made = live.flatMap(({ cursors }) => {
    const cursor = cursors.get(`${NEXT}${CURSOR}`);
    return cursor ? [versionOf(cursor)] : [];
  });
  const marks = text.split(',');
  if (made.some((other) => other !== version) || marks.length !== tables.length)
    throw new Fault(
      'rebuild_version',
      `a rebuild by version ${made[0] ?? '(none)'} of the projections was broken off while it exchanged the tables, and this program makes version ${version}: finish it with that version, or begin anew with \`rebuild --fresh\``,
    );
  return Object.fromEntries(tables.toSorted().map((table, place) => [table, marks[place] ?? '']));
}

const withNextCursors = ({ offset, cursors }: Stand): Stand => ({
  offset,
  cursors: new Map(
    [...cursors].flatMap(([name, cursor]): [string, Cursor][] =>
      name.startsWith(NEXT) ? [[name.slice(NEXT.length), cursor]] : [],
    ),
  ),
});

/** A projector that has started meanwhile does nothing, and is in the way all the same. */
async function moveWhenFree({ topic, groups, every, tell }: Rebuilding, stands: Stand[]): Promise<void> {
  for (let told = false; ; await pause(every)) {
    try {
      return await topic.moveGroup(groups.live, commitsOf(stands));
    } catch (fault) {
      if (!(fault instanceof Fault && fault.code === 'group_busy')) throw fault;
      if (!told) tell('a projector has started again: stop it, so that the rebuild can end');
      told = true;
    }
  }
}
