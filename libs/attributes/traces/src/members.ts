/** The members of an object by name. */
export type Members = ReadonlyMap<string, unknown>;

/** The members of a JSON object; undefined where the text is none. */
export function membersOf(text: string): Members | undefined {
  try {
    return mapOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The members of a value that was parsed; none of anything but an object. */
export const mapOf = (value: unknown): Members =>
  new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
