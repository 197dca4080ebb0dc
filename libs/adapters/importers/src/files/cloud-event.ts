import { objectIn } from './untyped-values.ts';

/** The type of the CloudEvent in a line; undefined where the line is not one. */
export function eventTypeIn(line: string): string | undefined {
  try {
    const event = objectIn(JSON.parse(line));
    const type = event?.['specversion'] === undefined ? undefined : event['type'];
    return typeof type === 'string' ? type : undefined;
  } catch {
    return undefined;
  }
}

/** The same of the first line of a text that has anything in it. */
export function typeOfFirst(text: string): string | undefined {
  const [line = ''] = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split('\n', 1);
  return eventTypeIn(line);
}
