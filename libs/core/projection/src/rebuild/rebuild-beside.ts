import type { Position } from '@tributary/kernel';
import { compareTables, sumsUntil } from './compare.ts';
import type { RebuiltTable } from './compare.ts';
import { divergenceAmong } from './divergence.ts';
import type { Divergence } from './divergence.ts';
import { isExchanging, planExchange } from './exchange.ts';
import { beginFilling } from './fill.ts';
import type { Live } from './live.ts';

export type RebuildOptions = {
  /** Compares only: the live tables stay, whatever comes out. */
  readonly verify?: boolean;
};

/** How the tables compare with what the log says. */
export type Rebuilt = {
  /** Up to here both held every event when they were compared. */
  readonly position: Position;
  readonly tables: readonly RebuiltTable[];
  readonly equal: boolean;
  /** Whether the new tables are the live ones now. */
  readonly exchanged: boolean;
  /** Where tables begin to differ; absent where none does. */
  readonly divergence?: Divergence;
};

/**
 * Fills new tables beside the live ones, which are read and followed meanwhile, compares both and exchanges them. A
 * start after a kill finishes an exchange that was planned, and drops what was not.
 */
export async function rebuildBeside(
  live: Live,
  { verify = false, signal }: RebuildOptions & { readonly signal: AbortSignal },
): Promise<Rebuilt> {
  const { shadow, options } = live;
  const { cursors } = options.log;
  const tables = options.projections.flatMap((projection) => projection.tables);
  if (isExchanging(cursors)) await live.paused(() => Promise.resolve());
  /* Tables of an exchange that is planned are needed to finish it. */
  const clear = (): Promise<void> => (isExchanging(cursors) ? Promise.resolve() : shadow.drop());
  try {
    await shadow.make();
    const filling = await beginFilling(live);
    const position = (): Position => live.cursor().position;
    await filling.after(position, signal);
    const early = await sumsUntil(shadow, tables, filling.position());
    await filling.after(position, signal);
    const rebuilt = await live.paused(async () => {
      await filling.to(position(), signal);
      return decide(live, await compareTables(shadow, early), verify);
    });
    await clear();
    return rebuilt;
  } catch (error) {
    await clear().catch(() => undefined);
    throw error;
  }
}

async function decide(
  { shadow, options, cursor }: Live,
  tables: readonly RebuiltTable[],
  verify: boolean,
): Promise<Rebuilt> {
  const different = tables.filter(({ equal }) => !equal).map(({ table }) => table);
  const divergence = await divergenceAmong(shadow, different, options.log);
  const marks = await shadow.marks(tables.map(({ table }) => table));
  if (!verify) await planExchange(options.log.cursors, marks);
  const { position } = cursor();
  const equal = different.length === 0;
  return { position, tables, equal, exchanged: !verify, ...(divergence && { divergence }) };
}
