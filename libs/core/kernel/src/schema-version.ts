const VERSION = /^([1-9]\d{0,3})\.(0|[1-9]\d{0,3})$/;

/** Whether a text is the version of a schema: MAJOR.MINOR, each below 10,000. */
export const isSchemaVersion = (text: string): boolean => VERSION.test(text);

/** A number that ascends with the versions of a schema: 10,000 × major + minor. NaN for a text that is none. */
export function orderOfVersion(version: string): number {
  const [, major, minor] = VERSION.exec(version) ?? [];
  return Number(major) * 10_000 + Number(minor);
}

/** Whether a version of a schema is later than another one. */
export const isLaterVersion = (version: string, than: string): boolean =>
  orderOfVersion(version) > orderOfVersion(than);
