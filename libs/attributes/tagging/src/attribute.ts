import type { Document } from '@tributary/documents';
import type { NormaliserFile, NotMeasured } from '@tributary/complexity';

/** The values of one document by name. */
export type Values = Readonly<Record<string, number | string | boolean>>;

/** The values of a document, or why it has none. */
export type MeasuredDocument = { readonly values: Values } | NotMeasured;

/** What a user may say about how an attribute is measured. */
export type MeasureOptions = {
  /** The content of a file, for attributes whose scores are relative to a corpus. */
  readonly normaliser?: unknown;
  /** Whether the text of a document is code as a whole, rather than text with code in it. */
  readonly isCode?: boolean;
  /** The language of code whose document does not say it. */
  readonly language?: string | undefined;
};

/** A document with the file that it comes from. */
export type SourcedDocument = Document & { readonly path: string };

/**
 * An attribute of documents that can be measured. To add one, write a file beside `cirs-attribute.ts` and list it in
 * `attributes.ts`; the command, its answer and its facts need no change. `open` loads what the attribute needs (a parser,
 * a model), so that nothing is loaded for commands that do not measure.
 */
export type Attribute = {
  readonly name: string;
  /** One line for people. */
  readonly description: string;
  /** What each value means, in the order in which values are printed. */
  readonly values: Readonly<Record<string, string>>;
  /** The groups that a document falls into, for which documents are counted. */
  readonly groups?: (values: Values) => Readonly<Record<string, string>>;
  open(options: MeasureOptions): Promise<OpenedAttribute>;
};

type OpenedAttribute =
  | { readonly ok: true; readonly instrument: Instrument }
  | { readonly ok: false; readonly refusal: string; readonly text: string };

/** What measures. It is closed when everything has been measured. */
export type Instrument = {
  readonly name: string;
  readonly version: string;
  /** One outcome for each document, in their order. Documents come in batches of at most 256 and about a megabyte. */
  measure(documents: readonly SourcedDocument[]): Promise<readonly MeasuredDocument[]>;
  /** For attributes whose scores are relative to a corpus. */
  readonly relative?: RelativeScores;
  /** For attributes that sort documents: the mix of a corpus of so many documents, from those measured so far. */
  mix?(documents: number): Mix | undefined;
  close(): Promise<void>;
};

/** Shares of documents by bucket, corrected for what the instrument confuses, each with its 95 % interval. */
export type Mix = readonly {
  readonly bucket: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}[];

/**
 * Scores relative to a corpus. Where the user gave no normaliser, the measured documents are the corpus: all of them are
 * observed before the first is scored.
 */
export type RelativeScores = {
  /** The values that are relative. */
  readonly names: readonly string[];
  /** Whether scores can be computed before the corpus has been seen. */
  readonly isFrozen: boolean;
  /** Adds the measured values of a document to the corpus. */
  observe(values: Values): void;
  /** The values of a document with its scores. */
  score(values: Values): Values;
  normaliser(): NormaliserUsed;
};

/** A normaliser, in the form in which a file is read as one. */
export type NormaliserUsed = NormaliserFile & {
  /** Digest of the statistics that scores depend on. */
  readonly id: string;
  /** `file`: given by the user. `corpus`: computed over the documents of this answer. */
  readonly from: 'file' | 'corpus';
};
