/**
 * What a template of lingua has in place of a value. It is a tag of YAML without a name, so that such a file cannot be
 * parsed. The repetitions that it begins with are bounded: a run of signs is not looked at from each of them to its end.
 */
const OPEN = /!{2,8}\s{0,8}CHANGE_?THIS\b!*/gi;

/** The first value that its user has to fill in. */
export const openValueIn = (text: string): string | undefined => text.match(OPEN)?.[0];

/** The text where each of them stands as an empty one. */
export const filledIn = (text: string): string => text.replaceAll(OPEN, "''");
