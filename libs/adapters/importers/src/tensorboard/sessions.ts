import type { BoardFile } from './board-file.ts';

/** Events of one file that belong to one attempt. */
export type SessionPart = { readonly file: BoardFile; readonly events: BoardFile['events'] };

/** Events of one start of a run, and the last step before it that still counts. */
export type Session = { readonly parts: readonly SessionPart[]; readonly resumedAt: number | undefined };

type OpenSession = { parts: SessionPart[]; last: Map<string, number>; resumedAt: number | undefined };

/**
 * The starts of a run in the files of its folder, in the order of their times. A session log that says START begins one
 * at its step; so does a file that repeats a step of a tag. A file that only goes on, or that has other tags, belongs to
 * the start before.
 */
export function sessionsOf(files: readonly BoardFile[]): Session[] {
  const parts = files.flatMap((file) => splitAtStarts(file.events).map((events) => ({ file, events })));
  let current: OpenSession = { parts: [], last: new Map(), resumedAt: undefined };
  const sessions = [current];
  for (const part of parts) {
    const resumedAt = resumes(current, part.events);
    if (resumedAt !== undefined) {
      current = { parts: [], last: new Map(), resumedAt };
      sessions.push(current);
    }
    current.parts.push(part);
    for (const [tag, step] of tagsOf(part.events)) {
      current.last.set(tag, Math.max(current.last.get(tag) ?? -1, step));
    }
  }
  return sessions.map((session) => ({
    parts: session.parts,
    resumedAt: session.resumedAt === -1 ? undefined : session.resumedAt,
  }));
}

const tagsOf = (events: BoardFile['events']): [string, number][] =>
  events.flatMap(({ scalars, step }) => scalars.map(([tag]): [string, number] => [tag, step]));

function splitAtStarts(events: BoardFile['events']): BoardFile['events'][] {
  const starts = events.flatMap(({ session }, index) => (session === 'start' && index > 0 ? [index] : []));
  return [0, ...starts]
    .map((from, index) => events.slice(from, starts[index]))
    .filter((part) => part.length > 0);
}

/** The last step that counts where events begin another start of the run; -1 where no step does, else undefined. */
function resumes({ last }: OpenSession, events: BoardFile['events']): number | undefined {
  if (last.size === 0) return undefined;
  const start = events.find(({ session }) => session === 'start');
  if (start) return start.step - 1;
  const first = new Map<string, number>();
  for (const [tag, step] of tagsOf(events)) if (!first.has(tag)) first.set(tag, step);
  const repeated = [...first].filter(([tag, step]) => step <= (last.get(tag) ?? -1)).map(([, step]) => step);
  if (repeated.length === 0) return undefined;
  return repeated.reduce((low, step) => Math.min(low, step)) - 1;
}
