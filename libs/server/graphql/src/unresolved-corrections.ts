import type { RecordedEvent } from '@tributary/event-log';
import { formatEventPosition, isCovered, parseEventPosition } from '@tributary/kernel';
import type { LogPosition, Position, RowOf } from '@tributary/kernel';
import { correctedBy, unresolvedCorrections } from '@tributary/projection';
import { withdrawn } from './queries.ts';
import type { Runtime } from './runtime.ts';

/** Corrections of which the log is read for one answer; an answer about anything is incomplete where there are more. */
const MAX_READ = 100;

type Unresolved = RowOf<typeof unresolvedCorrections>;

/** A correction that replaces nothing, and the streams of which an answer may count it beside what it corrects. */
type Described = { readonly text: string; readonly streams: readonly string[] };

/**
 * Why an answer as of a position may count something twice: the first correction that replaces nothing, and how many
 * others there are; undefined where every correction replaces an event. With `concerns`, of corrections that are in a
 * stream of which it holds, or that name an event of one.
 */
export async function unresolvedReason(
  { engine, log }: Pick<Runtime, 'engine' | 'log'>,
  as_of: LogPosition,
  concerns: (stream: string) => boolean = () => true,
): Promise<string | undefined> {
  const rows = await engine.reader.all(unresolvedCorrections, { first: MAX_READ + 1, as_of });
  if (rows.length > MAX_READ)
    return `more than ${MAX_READ} corrections replace nothing, the first at ${at(rows[0])}`;
  const described = await Promise.all(rows.map((row) => describe({ engine, log }, row, as_of)));
  const concerned = described.filter(({ streams }) => streams.some(concerns));
  const [first, ...others] = concerned;
  if (!first) return undefined;
  return others.length === 0 ? first.text : `${first.text}; so do ${others.length} other corrections`;
}

const at = (row: Unresolved | undefined): Position => formatEventPosition(row?.position ?? 0);

async function describe(
  { engine, log }: Pick<Runtime, 'engine' | 'log'>,
  row: Unresolved,
  as_of: LogPosition,
): Promise<Described> {
  const correction = await log.at(at(row));
  const named = correction && correctedBy(correction);
  const target = named && (await log.find(named.source, named.id));
  const position = target && parseEventPosition(target.position);
  const isKnown = target !== undefined && position !== undefined && isCovered(position, as_of);
  const gone = isKnown ? await engine.reader.all(withdrawn, { positions: [position], as_of }) : [];
  const counts = isKnown && gone.length === 0;
  const absent = isKnown ? 'which is of a withdrawn import' : 'which is not recorded';
  const why = counts ? unlike(row, target) : absent;
  const name = named ? `event ${JSON.stringify(named.id)} of ${named.source}, ${why}` : 'no known event';
  return {
    text: `the correction at ${at(row)} of ${row.stream} replaces nothing: it names ${name}`,
    streams: counts ? [row.stream, target.stream] : [row.stream],
  };
}

function unlike({ position, type, stream }: Unresolved, target: RecordedEvent): string {
  if (target.type !== type) return `which has the type ${target.type}`;
  if (target.stream !== stream) return `which is of ${target.stream}`;
  return parseEventPosition(target.position) === position
    ? 'which is itself'
    : `which was recorded after it, at ${target.position}`;
}
