export { chooseImporter } from './choose-importer.ts';
export type { ImporterChoice } from './choose-importer.ts';
export type { CountedWarning, Rejection } from './findings.ts';
export { folderOf } from './folder.ts';
export type { Folder, SourceFile } from './folder.ts';
export type {
  Assignment,
  Detection,
  Imported,
  Importer,
  ImportPlan,
  ImportRequest,
  PlannedExperiment,
} from './importer.ts';
export type { ImportedEvent } from './imported-event.ts';
export { readFolder } from './read-folder.ts';
export { readMixtures } from './sweep/read-mixtures.ts';
export type { KeyedMixture, MixtureFile } from './sweep/read-mixtures.ts';
export { sweep } from './sweep/sweep.ts';
