const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})?$/;

const DAY_MICROS = 24 * 3_600_000_000;

/**
 * The last microsecond since 1970 that a date or time includes: the end of a day in UTC, or the time itself, in UTC where it
 * names no zone. Undefined where the text looks like neither, NaN where there is no such day or time.
 */
export function lastMicrosecondOf(text: string): number | undefined {
  if (DAY.test(text)) return startOf(`${text}T00:00:00Z`, text) + DAY_MICROS - 1;
  const [, day = '', time = '', fraction = '', zone = 'Z'] = TIME.exec(text) ?? [];
  if (day === '') return undefined;
  const seconds = time.length === 5 ? `${time}:00` : time;
  const micros = startOf(`${day}T${seconds}${zone}`, day);
  return micros + Number(fraction.padEnd(6, '0'));
}

/** Microseconds since 1970. NaN for a day that no month has, which JavaScript counts on into the next one. */
function startOf(text: string, day: string): number {
  const isDay = new Date(`${day}T00:00:00Z`).getTime();
  if (Number.isNaN(isDay) || new Date(isDay).toISOString().slice(0, 10) !== day) return NaN;
  return new Date(text).getTime() * 1_000;
}
