import { printable } from './format.ts';

/**
 * Recorded text as text within a line or a cell of a Markdown page: no markup, no link with a text of its own, no image, no
 * HTML, no cell and no line of its own. What could mean any of these is written as a numeric character reference, which is
 * text wherever it stands (CommonMark 0.31, section 2.5), also in cells of tables, where a backslash means several things.
 */
export const markdownText = (text: string): string =>
  printable(oneLine(text)).replaceAll(
    /[!"#$&'*:<>?@[\\\]^_`{|}~]/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );

/** A text with lines as one line. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
