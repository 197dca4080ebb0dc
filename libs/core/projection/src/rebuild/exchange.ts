import type { Cursors } from '@tributary/event-log';
import { Fault, START } from '@tributary/kernel';
import { z } from 'zod';
import { CURSOR, planRebuild, versionOf } from '../cursor.ts';
import { MISFITS } from '../misfits.ts';
import type { Marks, Shadow } from './shadow.ts';

/** Its token holds the tables that are to be exchanged; without a range there is nothing to exchange. */
const EXCHANGE = 'exchange';

const marksIn = z.record(z.string(), z.string());

/** The cursors of the tables beside: the same ones under names of their own. */
export const cursorsBeside = (cursors: Cursors): Cursors => ({
  get: (name) => cursors.get(`next-${name}`),
  set: (name, cursor) => cursors.set(`next-${name}`, cursor),
});

/** From here on the tables beside, at `cursorsBeside`, are the ones that count: a start that finds this exchanges them. */
export const planExchange = (cursors: Cursors, marks: Marks): Promise<void> =>
  cursors.set(EXCHANGE, {
    position: START,
    planned: { from: START, to: START, token: JSON.stringify(marks) },
  });

export const isExchanging = (cursors: Cursors): boolean => cursors.get(EXCHANGE)?.planned !== undefined;

/**
 * Finishes the exchange that was planned, if any. Each step may be done twice: tables, cursor, misfits, plan. Another
 * version drops the plan: it empties the tables, whichever they are; so does the loss of tables that were to be
 * exchanged. Throws Fault `rebuild_unfinished` without a shadow.
 */
export async function settleExchange(
  cursors: Cursors,
  { version, shadow }: { readonly version: string; readonly shadow?: Shadow | undefined },
): Promise<void> {
  const { planned } = cursors.get(EXCHANGE) ?? {};
  if (!planned) return;
  const beside = cursorsBeside(cursors);
  const filled = beside.get(CURSOR);
  if (filled && versionOf(filled) === version) {
    if (!shadow)
      throw new Fault(
        'rebuild_unfinished',
        'a rebuild was broken off while it exchanged the tables: start what began it, which finishes it',
      );
    const done = await exchanged(shadow, marksIn.parse(JSON.parse(planned.token)));
    await cursors.set(CURSOR, done ? filled : planRebuild(filled, version));
    await cursors.set(MISFITS, beside.get(MISFITS) ?? { position: START });
  }
  await cursors.set(EXCHANGE, { position: START });
}

/** False where somebody dropped tables that were to be exchanged. */
async function exchanged(shadow: Shadow, marks: Marks): Promise<boolean> {
  try {
    await shadow.exchange(marks);
    return true;
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'shadow_lost') return false;
    throw fault;
  }
}
