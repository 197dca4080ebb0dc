import type { FactType } from '@tributary/contracts';
import type { CountedWarning, Rejection } from './facts/findings.ts';
import type { Folder, SourceFile } from './files/folder.ts';
import type { ImportedEvent } from './facts/imported-event.ts';

/** Files that an importer would read as one source, with its confidence (0 to 1) and the evidence. */
export type FileMatch = {
  readonly files: readonly SourceFile[];
  readonly confidence: number;
  readonly evidence: readonly string[];
};

/** What the caller can name where a file does not. */
export type Named = 'model' | 'run' | 'unit';

export type Assignment = 'randomised' | 'manual' | 'unknown';

/** What the files do not say and the caller declares. */
export type ImportRequest = {
  /** Name of the experiment or run. If absent, the name in the source or an id derived from its content. */
  readonly name?: string;
  /** The model that was evaluated, where the files do not name it. A file that names another one is rejected. */
  readonly model?: string;
  /** The id of the only run of the import, where the files do not name it. */
  readonly run?: string;
  /** The unit of scores whose metric does not say it. A metric that says another one is rejected. */
  readonly unit?: string;
  /** How runs were assigned to arms; unknown if absent. */
  readonly assignment?: Assignment;
  /** The record with which a randomisation can be verified. */
  readonly randomisation?: { readonly method: string; readonly seed: string };
};

/** An experiment that an import would create, with the number of its runs, arms and scores. */
export type PlannedExperiment = {
  readonly experiment: string;
  readonly sources: readonly string[];
  readonly mixtures: number;
  readonly arms: { readonly train: number; readonly held_out: number };
  readonly runs: number;
  readonly scores: number;
  readonly slices: readonly string[];
  readonly capabilities: readonly string[];
};

/** What an import would create. */
export type ImportPlan = {
  readonly events: number;
  readonly byType: Readonly<Partial<Record<FactType, number>>>;
  readonly experiments: readonly PlannedExperiment[];
};

export type Imported = {
  readonly plan: ImportPlan;
  readonly events: readonly ImportedEvent[];
  readonly warnings: readonly CountedWarning[];
  readonly rejected: readonly Rejection[];
  readonly unresolved: readonly Rejection[];
};

/** The facts of a source that may be too large to hold. `finish` reports what was found, once all events were read. */
export type ImportStream = {
  readonly events: AsyncIterable<ImportedEvent>;
  readonly finish: () => Imported;
};

/** Reads one kind of source. Equal bytes and requests yield byte-identical events. */
export type Importer = {
  readonly kind: string;
  readonly version: string;
  /** What it looks for, as a noun phrase for the help. */
  readonly looksFor: string;
  /**
   * Prose, programs and scripts quote what other files are, so an importer sees none of them: `scripts` sees scripts too, and
   * `everything` is for stores that keep any file beside their own.
   */
  readonly looksAt?: 'scripts' | 'everything';
  /** What it lets the caller name. What is absent here, its files name themselves or do not have. */
  readonly takes?: readonly Named[];
  /** The files of a folder that it can read. Recognises them by content, never by name alone. */
  readonly detect: (folder: Folder) => Promise<readonly FileMatch[]>;
  /** Reads the files of one match. Invalid content does not throw; it is listed as rejected. */
  readonly read: (matched: Folder, request: ImportRequest) => Promise<Imported>;
  /** The same events as `read`, one after the other. Absent for kinds whose sources fit into memory. */
  readonly stream?: (matched: Folder, request: ImportRequest) => ImportStream;
};
