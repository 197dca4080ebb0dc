import type { FactType } from '@tributary/contracts';
import type { CountedWarning, Rejection } from './facts/findings.ts';
import type { Folder, SourceFile } from './files/folder.ts';
import type { ImportedEvent } from './facts/imported-event.ts';

/** Files that an importer would read as one source, how sure it is (0 to 1), and why. */
export type FileMatch = {
  readonly files: readonly SourceFile[];
  readonly confidence: number;
  readonly evidence: readonly string[];
};

export type Assignment = 'randomised' | 'manual' | 'unknown';

/** What only the caller can know. */
export type ImportRequest = {
  /** Name of the experiment or run; where absent, what the source says or an id made of its content. */
  readonly name?: string;
  /** How runs came to their arms; unknown where absent. */
  readonly assignment?: Assignment;
  /** The record that makes a randomisation checkable. */
  readonly randomisation?: { readonly method: string; readonly seed: string };
};

/** Runs, arms and scores that belong together. */
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

/** Reads one kind of source. The same bytes and request yield the same events, byte for byte. */
export type Importer = {
  readonly kind: string;
  readonly version: string;
  /** What it looks for, in half a sentence. */
  readonly looksFor: string;
  /** What it would read of a folder, told by content and never by a file's name alone. */
  readonly detect: (folder: Folder) => Promise<readonly FileMatch[]>;
  /** Reads the files of one claim. Throws nothing for what the files hold: that is listed as rejected. */
  readonly read: (matched: Folder, request: ImportRequest) => Promise<Imported>;
};
