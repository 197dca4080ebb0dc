export { joinedWarnings } from './facts/findings.ts';
export type { CountedWarning, Rejection } from './facts/findings.ts';
export { folderOf, SourceFile } from './files/folder.ts';
export type { Folder, SkippedEntry } from './files/folder.ts';
export type {
  Assignment,
  FileMatch,
  Imported,
  Importer,
  ImportPlan,
  ImportStream,
  ImportRequest,
  Named,
  PlannedExperiment,
} from './importer.ts';
export { plainYaml } from './files/plain-yaml.ts';
export {
  gunzip,
  INFLATION_RATIO,
  INFLATION_VARIABLE,
  isGzipEndsEarly,
  isGzipTooLarge,
  readInParts,
  unpackedParts,
} from './files/gunzip.ts';
export { importers } from './importers.ts';
export { parquetRows } from './files/parquet-table.ts';
export type { FileParts } from './files/parquet-table.ts';
export { importedEvent } from './facts/imported-event.ts';
export type { ImportedEvent, NewFact } from './facts/imported-event.ts';
export { contentId, stemOf } from './facts/shard-list.ts';
export { MAP_KIND, mapImporter } from './maps/map-importer.ts';
export { lengthsInIndex } from './megatron-data/indexed-dataset.ts';
export { MAX_NPY_HEADER, npyLayout } from './megatron-data/npy.ts';
export { nearestKind } from './maps/propose/nearest-kind.ts';
export { previewMap } from './maps/propose/preview.ts';
export type { PreviewRow } from './maps/propose/preview.ts';
export { openKeys, proposalText } from './maps/propose/proposal-text.ts';
export { proposeMap, readablePart } from './maps/propose/propose-map.ts';
export { proposeMaps } from './maps/propose/propose-maps.ts';
export type { FilesAlike } from './maps/propose/propose-maps.ts';
export { readMap } from './maps/read-map.ts';
export { recognise } from './recognise.ts';
export type { Ambiguity, RecognisedSource, KindRule, RecognisedFolder } from './recognise.ts';
export { eventTypeIn } from './files/cloud-event.ts';
export { NOTHING_FOUND, whyUnrecognised } from './why-unrecognised.ts';
export { secretKindsIn } from './secret-scan.ts';
export { readFolder, readPaths } from './files/read-folder.ts';
export { readMixtures } from './sweep/read-mixtures.ts';
export type { KeyedMixture, MixtureFile } from './sweep/read-mixtures.ts';
export { sweep } from './sweep/sweep.ts';
