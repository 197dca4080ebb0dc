import type { EventFile } from './event-file.ts';

/** Events of one file that belong to one attempt. */
export type SessionPart = { readonly file: EventFile; readonly events: EventFile['events'] };

/** Events of one attempt, and the step from which it resumed. */
export type Session = { readonly parts: readonly SessionPart[]; readonly resumedAt: number | undefined };

type OpenSession = { parts: SessionPart[]; last: Map<string, number>; resumedAt: number | undefined };

/**
 * The attempts of a run in the files of its folder, in order of time. A START in the session log begins an attempt at
 * its step, and so does a file that repeats a step of a tag. A file that continues the steps or has other tags belongs
 * to the previous attempt.
 */
export function sessionsOf(files: readonly EventFile[]): Session[] {
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

const tagsOf = (events: EventFile['events']): [string, number][] =>
  events.flatMap(({ scalars, step }) => scalars.map(([tag]): [string, number] => [tag, step]));

function splitAtStarts(events: EventFile['events']): EventFile['events'][] {
  const starts = events.flatMap(({ session }, index) => (session === 'start' && index > 0 ? [index] : []));
  return [0, ...starts]
    .map((from, index) => events.slice(from, starts[index]))
    .filter((part) => part.length > 0);
}

/**
 * The last step before events that begin another attempt, -1 if there is none. Undefined if the events continue the
 * attempt.
 */
function resumes({ last }: OpenSession, events: EventFile['events']): number | undefined {
  if (last.size === 0) return undefined;
  const start = events.find(({ session }) => session === 'start');
  if (start) return start.step - 1;
  const first = new Map<string, number>();
  for (const [tag, step] of tagsOf(events)) if (!first.has(tag)) first.set(tag, step);
  const repeated = [...first].filter(([tag, step]) => step <= (last.get(tag) ?? -1)).map(([, step]) => step);
  if (repeated.length === 0) return undefined;
  return repeated.reduce((low, step) => Math.min(low, step)) - 1;
}
