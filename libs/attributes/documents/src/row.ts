/** Why a row of a file yields no document. */
export type SkipCode =
  | 'blank_row'
  | 'row_too_long'
  | 'invalid_utf8'
  | 'not_json'
  | 'not_an_object'
  | 'field_missing'
  | 'not_text'
  | 'document_too_long'
  | 'file_broken';

/**
 * A row without a document, counted and explained. `file_broken` stands for everything from this row to the end of the
 * file.
 */
export type SkippedRow<Code extends string = string> = {
  /** 0-based, in the file. */
  readonly row: number;
  readonly code: Code;
  readonly reason: string;
};

/** The text of one row. */
export type Document = { readonly row: number; readonly text: string };

/** The bytes of a row; undefined where there are more of them than are kept. */
export type RawRow = { readonly row: number; readonly bytes: Buffer | undefined };

export const skipped = <Code extends SkipCode>(
  row: number,
  code: Code,
  reason: string,
): SkippedRow<Code> => ({
  row,
  code,
  reason,
});

/** A row of JSON may have more bytes than its document: other fields, and escapes of up to six bytes a character. */
export const MAX_ROW_BYTES = 8 * 1024 * 1024;

/** Bytes of a document in UTF-8. Longer ones are data, not documents, and cost more to parse than they tell. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024;
