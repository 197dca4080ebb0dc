import type { Folder } from './folder.ts';
import type { Detection, Importer } from './importer.ts';

const SURE = 0.5;
const MARGIN = 0.2;

export type ImporterChoice =
  | { readonly ok: true; readonly importer: Importer; readonly detection: Detection }
  | {
      readonly ok: false;
      readonly refusal: 'kind_unknown' | 'kind_not_recognised' | 'kind_ambiguous';
      readonly text: string;
    };

/** The importer for a folder: the one asked for, or the only one that is sure of itself. */
export async function chooseImporter(
  importers: readonly Importer[],
  folder: Folder,
  as?: string,
): Promise<ImporterChoice> {
  const kinds = importers.map(({ kind }) => kind).join(', ');
  const asked = importers.filter(({ kind }) => as === undefined || kind === as);
  if (asked.length === 0) {
    return { ok: false, refusal: 'kind_unknown', text: `There is no importer ${as}; there are: ${kinds}.` };
  }
  const detected = await Promise.all(
    asked.map(async (importer) => ({ importer, detection: await importer.detect(folder) })),
  );
  detected.sort((left, right) => right.detection.confidence - left.detection.confidence);
  const [best, second] = detected;
  if (!best || best.detection.confidence < SURE) return notRecognised(folder, detected);
  if (second && best.detection.confidence - second.detection.confidence < MARGIN) {
    const names = `${best.importer.kind} and ${second.importer.kind}`;
    return {
      ok: false,
      refusal: 'kind_ambiguous',
      text: `${folder.name} looks like ${names} alike. Say which one with --as KIND.`,
    };
  }
  return { ok: true, ...best };
}

function notRecognised(
  folder: Folder,
  detected: readonly { importer: Importer; detection: Detection }[],
): ImporterChoice {
  const tried = detected.map(
    ({ importer, detection }) => `${importer.kind}: ${detection.evidence.join('; ')}`,
  );
  return {
    ok: false,
    refusal: 'kind_not_recognised',
    text: `Nothing in ${folder.name} (${folder.files.length} files) was recognised. ${tried.join(' ')}`,
  };
}
