import { setTimeout as pause } from 'node:timers/promises';
import type { EventLog } from '@tributary/event-log';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { parseLogPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { compareRegistered } from '@tributary/projection';
import type { GroupFinding } from '@tributary/projection';
import type { GroupTables } from './group-tables.ts';

/** Tables of a group that are compared with the log. */
export type ComparedTables = {
  /** Why they may lack events, or that they were not compared yet; undefined where they hold those of the log. */
  shortfall(): string | undefined;
  conditions(): ReadinessCondition[];
  close(): Promise<void>;
};

type Options = {
  readonly reader: SqlReader;
  readonly log: Pick<EventLog, 'head' | 'digestAt' | 'read'>;
  readonly tables: Pick<GroupTables, 'position'>;
  readonly partitions: number;
  /** Milliseconds between two comparisons of tables in which nothing differed. */
  readonly interval?: number;
  /** Milliseconds after which a difference is looked at again before anybody is told, and a fault is retried. */
  readonly recheck?: number;
};

const HOUR = 3_600_000;

/** A start waits so long for the first comparison. Small tables are compared by then. */
const FIRST_MS = 2_000;

/** The replica of this process is behind the tables for a moment. */
const SOON_MS = 250;

/** While something differs, comparing takes at most this part of the time. */
const SHARE = 20;

/**
 * Compares the tables with the log at the start and each hour, and sooner while they differ. A difference counts where it
 * is still there a moment later: replicas of the tables follow each other. Resolves after the first comparison, or without
 * it where that takes long.
 */
export async function openComparedTables(options: Options): Promise<ComparedTables> {
  const { interval = HOUR, recheck = 5_000 } = options;
  const stopping = new AbortController();
  const rest = (millis: number): Promise<unknown> =>
    pause(millis, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  let unknown: string | undefined = 'the tables have not been compared with the log yet';
  let finding: GroupFinding | undefined;

  /** A difference that is still there later; one that is known already at once. */
  const lasting = async (
    look: () => Promise<GroupFinding | undefined>,
  ): Promise<GroupFinding | undefined> => {
    let found = await look();
    for (const millis of finding ? [] : [Math.min(SOON_MS, recheck), recheck]) {
      if (!found) return undefined;
      unknown ??= `the tables seem to differ from the log (${found.detail}) and are compared again`;
      await rest(millis);
      found = await look();
    }
    return found;
  };
  /** Milliseconds until the next comparison is due. */
  const compare = async (): Promise<number> => {
    const began = performance.now();
    const position = parseLogPosition(options.tables.position(), options.partitions) ?? [];
    try {
      finding = await lasting(() => compareRegistered(options, position));
      unknown = undefined;
    } catch (fault) {
      if (unknown !== undefined) unknown = `the tables cannot be compared with the log: ${faultText(fault)}`;
      return recheck;
    }
    return finding ? Math.max(recheck, SHARE * (performance.now() - began)) : interval;
  };
  let compared = (): void => undefined;
  const first = new Promise<void>((resolve) => (compared = resolve));
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const due = await compare();
      compared();
      await rest(due);
    }
  })();
  await Promise.race([first, rest(FIRST_MS)]);

  return {
    shortfall: () => (finding ? textOf(finding) : unknown),
    conditions: () => (finding ? [{ code: finding.code, detail: textOf(finding) }] : []),
    async close() {
      stopping.abort();
      await loop;
    },
  };
}

const NEXT: Record<GroupFinding['code'], string> = {
  tables_short: 'run the projector with `rebuild`, which fills them again from the log',
  log_behind_tables:
    'this process follows the topic slowly, or the topic has lost records: restore them, or run the projector with `rebuild`',
  tables_of_another_log:
    'name the topic and the database that belong together, or run the projector with `rebuild`, which fills them from this log',
};

const textOf = ({ code, detail }: GroupFinding): string =>
  `the tables are not what the log says: ${detail}; ${NEXT[code]}`;
