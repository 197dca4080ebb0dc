/** Most members of a list that a text names. */
const NAMED = 6;

/** The first members of a list in one text, and how many more there are. */
export function briefly(members: readonly string[], separator = ', '): string {
  const more = members.length > NAMED ? ` and ${members.length - NAMED} more` : '';
  return `${members.slice(0, NAMED).join(separator)}${more}`;
}
