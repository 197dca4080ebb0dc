/** A text as one word of a shell, in quotes. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** As `quoted`, without the quotes where the shell leaves the text as it is. */
export const commandWord = (text: string): string =>
  /^[\w@%+:,./][\w@%+=:,./-]*$/.test(text) ? text : quoted(text);
