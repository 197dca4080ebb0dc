export type { CountedWarning, Rejection } from './findings.ts';
export { folderOf, SourceFile } from './folder.ts';
export type { Folder } from './folder.ts';
export type {
  Assignment,
  Claim,
  Imported,
  Importer,
  ImportPlan,
  ImportRequest,
  PlannedExperiment,
} from './importer.ts';
export { unpacked } from './gzip.ts';
export { importers } from './importers.ts';
export type { ImportedEvent } from './imported-event.ts';
export { recognise } from './recognise.ts';
export type { Ambiguity, ClaimedSource, KindRule, RecognisedFolder } from './recognise.ts';
export { redactSecrets, secretKindsIn } from './secret-scan.ts';
export type { FoundSecret, Redacted } from './secret-scan.ts';
export { readFolder } from './read-folder.ts';
export { readMixtures } from './sweep/read-mixtures.ts';
export type { KeyedMixture, MixtureFile } from './sweep/read-mixtures.ts';
export { sweep } from './sweep/sweep.ts';
export { tolerantJson } from './tolerant-json.ts';
