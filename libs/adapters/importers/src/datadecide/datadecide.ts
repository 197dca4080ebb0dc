import { fileImporter } from '../file-importer.ts';
import { lineKind, readLines } from './line-files.ts';
import { matchedRuns, readMatchedRuns } from './matched-runs.ts';

/** The run registry of the DataDecide study: checkpoint locations with the tracked runs that wrote to them. */
export const datadecide = fileImporter({
  kind: 'datadecide',
  version: '1.0',
  looksFor: 'checkpoint locations with model and tracked runs, final checkpoints, or names of data recipes',
  recognise: async (file) => {
    const locations = await matchedRuns(file);
    if (locations) {
      return {
        confidence: 0.96,
        evidence: `maps ${locations.size} checkpoint locations to a model and its runs`,
      };
    }
    const kind = await lineKind(file);
    if (kind === 'checkpoints')
      return { confidence: 0.95, evidence: 'lists models with checkpoints and revisions' };
    return kind && { confidence: 0.85, evidence: 'lists data recipes by name' };
  },
  readFile: async (file, collector) => {
    const locations = await matchedRuns(file);
    if (locations) {
      await readMatchedRuns(file, locations, collector);
      return;
    }
    const kind = await lineKind(file);
    if (kind) await readLines(file, kind, collector);
    else
      collector.findings.reject(
        file.path,
        '',
        'the file has no checkpoint locations with runs, no final checkpoints and no recipes',
      );
  },
});
