import { versionOf } from '@tributary/contracts';
import { madeEvent } from '@tributary/capture';
import type { Blobs } from '@tributary/blobs';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog, NewEvent, RecordedEvent } from '@tributary/event-log';
import { Fault, START, systemClock } from '@tributary/kernel';
import { createHash } from 'node:crypto';
import type { Redactor } from './redactor.ts';
import { scrubEvent } from './scrub-events.ts';
import type { Renames } from './scrub-events.ts';

/** An event that was changed, as the fact lists it. */
export type ChangedEvent = { readonly position: string; readonly hash: string; readonly renamed?: boolean };

type Rewriting = {
  readonly log: LocalLog;
  /** The folder of the new log. */
  readonly to: string;
  readonly blobs: Pick<Blobs, 'read' | 'put'>;
  readonly redactor: Redactor;
  readonly step: (text: string) => void;
};

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** Writes the events of a log without their secrets into a new one with its id. Positions, sequences and times stay. */
export async function rewriteLog({ log, to, blobs, redactor, step }: Rewriting): Promise<ChangedEvent[]> {
  /* It states no versions: those of the old log are copied, and hold for the same positions. */
  const target = await openLmdbLog({ directory: to, clock: systemClock, identity: log.identity() });
  const changed: ChangedEvent[] = [];
  const renames: Renames = new Map();
  try {
    for (let after = START; ;) {
      const events = await log.read({ after, ...READ });
      const last = events.at(-1);
      if (!last) return changed;
      const written: NewEvent[] = [];
      for (const recorded of events)
        written.push(await rewritten(recorded, { blobs, redactor, renames, changed }));
      await target.append(written, { atomic: false });
      after = last.position;
      if (target.head() !== after)
        throw new Fault(
          'scrub_failed',
          `the new log ends at ${target.head()} where the old one has ${after}; nothing was changed`,
        );
      step(`writing the log: up to position ${after} of ${log.head()}`);
    }
  } finally {
    await target.close();
  }
}

/** The event for the new log, once its data is stored. Notes it where it is changed. */
async function rewritten(
  recorded: RecordedEvent,
  {
    blobs,
    redactor,
    renames,
    changed,
  }: Pick<Rewriting, 'blobs' | 'redactor'> & { readonly renames: Renames; readonly changed: ChangedEvent[] },
): Promise<NewEvent> {
  const { source, id, type, stream, bytes, recordTime, position } = recorded;
  const scrubbed = await scrubEvent(recorded, { blobs, redactor, renames });
  if (!scrubbed) return { source, id, type, stream, bytes, recordTime };
  if (scrubbed.content) await blobs.put(scrubbed.content);
  const hash = createHash('sha256').update(scrubbed.event.bytes).digest('hex');
  changed.push({ position, hash, ...(scrubbed.isRenamed && { renamed: true }) });
  return scrubbed.event;
}

/** What a scrub changed. */
type ScrubFact = {
  readonly scrubId: string;
  readonly events: readonly ChangedEvent[];
  readonly blobs: readonly string[];
  readonly deadLetters: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly reason: string;
  readonly actor: string;
};

/** As many as leave a fact short enough for the log itself. */
const LISTED = 400;

/** Appends the facts that say what was changed. Returns the position of the first one. */
export async function recordScrub(directory: string, scrub: ScrubFact): Promise<string> {
  const { scrubId, events, blobs, deadLetters, kinds, reason, actor } = scrub;
  const parts = Math.max(1, Math.ceil(events.length / LISTED), Math.ceil(blobs.length / LISTED));
  const facts = Array.from({ length: parts }, (_, index) =>
    madeEvent('urn:tributary:scrub', [scrubId, index + 1], {
      type: 'audit.log.scrubbed',
      data: {
        scrubId,
        part: index + 1,
        parts,
        events: events.slice(index * LISTED, (index + 1) * LISTED),
        blobs: blobs.slice(index * LISTED, (index + 1) * LISTED),
        deadLetters,
        kinds: Object.keys(kinds).toSorted(),
        reason,
        actor,
      },
    }),
  );
  const log = await openLmdbLog({ directory, clock: systemClock, versionOf });
  try {
    const appended = await log.append(facts, { atomic: true });
    const [first] = appended.ok ? appended.receipts : [];
    if (first === undefined || !('position' in first) || first.position === undefined)
      throw new Fault('scrub_failed', 'the fact of the scrub was not recorded; nothing was changed');
    return first.position;
  } finally {
    await log.close();
  }
}
