import type { Document } from '@tributary/documents';
import type { NormaliserFile, NotMeasured } from '@tributary/complexity';
import type { SandboxOptions } from '@tributary/traces';
import type { FoundItem } from './overlap/found-items.ts';

/** The values of one document by name. */
export type Values = Readonly<Record<string, number | string | boolean>>;

/** What was found in a document, beside its values: the evaluation items, at most a hundred of them. */
type Found = { readonly items?: readonly FoundItem[] };

/** The values of a document, or why it has none. */
export type MeasuredDocument = ({ readonly values: Values } & Found) | NotMeasured;

/** What a user may say about how an attribute is measured. */
export type MeasureOptions = {
  /** The content of a file, for attributes whose scores are relative to a corpus. */
  readonly normaliser?: unknown;
  /** Whether the text of a document is code as a whole, rather than text with code in it. */
  readonly isCode?: boolean;
  /** The language of code whose document does not say it. */
  readonly language?: string | undefined;
  /** The file of evaluation items that documents are compared with, and the fields of them that are. */
  readonly against?: { readonly path: string; readonly fields: readonly string[] } | undefined;
  /** The tokenizer that tokens are counted by. */
  readonly tokenizer?: string | undefined;
  /** Words of an n-gram. */
  readonly ngram?: number | undefined;
  /** Bands of signatures, and the numbers in one. */
  readonly bands?: { readonly bands: number; readonly rows: number } | undefined;
  /** Of what is drawn at random. */
  readonly seed?: string | undefined;
  /** What runs the code of traces again; without it none is run. */
  readonly sandbox?: SandboxOptions | undefined;
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
  /** What is counted of a whole file, beside the values of its documents. */
  readonly totals?: Readonly<Record<string, string>>;
  /** Whether documents are compared with each other, so that a sample of them has other values than all of them. */
  readonly comparesDocuments?: true;
  /** Whether a document is a row with all of its fields, where no field was named. */
  readonly readsWholeRows?: true;
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
  /**
   * What was chosen of several, whose values do not compare: facts have it in their names, as in `tokens.cl100k_base.n_tokens`.
   */
  readonly variant?: string;
  /** One outcome for each document, in their order. Documents come in batches of at most 256 and about a megabyte. */
  measure(documents: readonly SourcedDocument[]): Promise<readonly MeasuredDocument[]>;
  /** For attributes whose scores are relative to a corpus. */
  readonly relative?: RelativeScores;
  /** For attributes that compare documents with each other. */
  readonly corpus?: CorpusScores;
  /** For attributes that sort documents: the mix of a corpus of so many documents, from those measured so far. */
  mix?(documents: number): Mix | undefined;
  /** What was counted of one file that has been measured to its end, or of all of them. */
  totals?(path?: string): Totals;
  /** The evaluation items that were found in all documents together. */
  items?(): readonly FoundItem[];
  /** What a search for evaluation items found in one file that has been measured to its end. */
  searched?(path: string): SearchedFile;
  close(): Promise<void>;
};

/** What a search of a file for evaluation items by n-grams of words found. */
export type SearchedFile = {
  /** Words of an n-gram. */
  readonly words: number;
  /** Of the items. */
  readonly sha256: string;
  readonly compared: number;
  /** Items without an n-gram, which nothing can find. */
  readonly tooShort: number;
  readonly matched: number;
  /** At most a thousand of the items, those with the largest shares first. */
  readonly items: readonly FoundItem[];
  /** Rows of at most a thousand of the documents that have an n-gram of an item. */
  readonly rows: readonly number[];
};

/** Counts and shares of a whole file by name. */
export type Totals = Readonly<Record<string, number>>;

/** Shares of documents by bucket, corrected for what the instrument confuses, each with its 95 % interval. */
export type Mix = readonly {
  readonly bucket: string;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}[];

/** Scores that depend on a corpus: all of its documents are observed before the first is scored. */
type CorpusScores = {
  /** Whether scores can be computed before the corpus has been seen. */
  readonly isFrozen: boolean;
  /** Adds the measured values of a document to the corpus. */
  observe(values: Values): void;
  /** The values of a document with its scores. */
  score(values: Values): Values;
};

/** Scores relative to a corpus. Where the user gave no normaliser, the measured documents are the corpus. */
export type RelativeScores = CorpusScores & {
  /** The values that are relative. */
  readonly names: readonly string[];
  normaliser(): NormaliserUsed;
};

/** A normaliser, in the form in which a file is read as one. */
export type NormaliserUsed = NormaliserFile & {
  /** Digest of the statistics that scores depend on. */
  readonly id: string;
  /** `file`: given by the user. `corpus`: computed over the documents of this answer. */
  readonly from: 'file' | 'corpus';
};
