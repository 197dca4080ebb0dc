import { objectIn, textIn } from './untyped-values.ts';

/** The type of the CloudEvent in the first line of a text; undefined where it is none. */
export function typeOfFirst(text: string): string | undefined {
  const [line = ''] = text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .split('\n', 1);
  if (!line.startsWith('{') || !line.includes('"specversion"')) return undefined;
  try {
    const event = objectIn(JSON.parse(line));
    return event?.['specversion'] === undefined ? undefined : textIn(event['type']);
  } catch {
    return undefined;
  }
}
