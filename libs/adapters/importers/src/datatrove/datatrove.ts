import { groupBy } from '@tributary/kernel';
import { filterFiles, filterHeld } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FileMatch, Importer } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { loggingFolders, readLogging } from './logging-folder.ts';
import { isMinhash, readMinhash } from './minhash.ts';
import { isStatistic, readStatistic, statisticsOf } from './summary-statistics.ts';
import { isTokenMetadata, readTokenFile, withTokens } from './token-file.ts';

const NAME = { kind: 'datatrove', version: '1.1' };

/** Output of datatrove: logging folders, summary statistics, tokenised files and deduplication results. */
export const datatrove: Importer = {
  ...NAME,
  looksFor:
    'executor.json and stats of a pipeline, summary statistics, .ds.metadata, or MinHash .remove files',
  async detect({ files }) {
    const matches: FileMatch[] = [];
    const markers = groupBy(files, ({ path }) => markedFolder(path));
    for (const { path, executor, merged, tasks } of await loggingFolders(files)) {
      const own = [...(executor ? [executor] : []), ...(merged ? [merged] : []), ...tasks];
      const evidence = [
        `${path || 'the folder'} has the configuration or the counts of a datatrove pipeline`,
      ];
      matches.push({ files: [...own, ...(markers.get(path) ?? [])], confidence: 0.97, evidence });
    }
    const statistics = await filterHeld(files, isStatistic);
    if (statistics.length > 0) matches.push(matchOf(statistics, 0.9, 'are summary statistics'));
    const metadata = await filterHeld(files, isTokenMetadata);
    if (metadata.length > 0)
      matches.push(matchOf(tokenFilesOf(metadata, files), 0.9, 'are metadata of tokenised files'));
    const minhash = await filterHeld(files, isMinhash);
    if (minhash.length > 0)
      matches.push(matchOf(minhash, 0.85, 'list near-duplicate documents found by MinHash'));
    return matches;
  },
  async read({ files }) {
    const collector = new FactCollector(NAME);
    for (const folder of await loggingFolders(files)) await readLogging(folder, collector);
    for (const statistic of await statisticsOf(await filterFiles(files, isStatistic))) {
      await readStatistic(statistic, collector);
    }
    const metadata = await filterFiles(files, isTokenMetadata);
    const byPath = new Map(files.map((file) => [file.path, file]));
    for (const file of await withTokens(metadata, files)) await readTokenFile(file, byPath, collector);
    const minhash = groupBy(await filterFiles(files, isMinhash), (file) => file.folder);
    for (const own of minhash.values())
      await readMinhash(own[0]?.folders.at(-1) ?? 'minhash', own, collector);
    return collector.finish();
  },
};

const matchOf = (files: readonly SourceFile[], confidence: number, what: string): FileMatch => ({
  files,
  confidence,
  evidence: [`${files.length} files such as ${files[0]?.path ?? ''} ${what}`],
});

/** The logging folder of a completion marker or of the log of a task, which belong to a run but hold no further facts. */
function markedFolder(path: string): string | undefined {
  const [marker = '', name = ''] = path.split('/').slice(-2);
  const inFolder = `${marker}/${name}`;
  if (!/^(completions\/\d+|logs\/task_\d+\.log)$/.test(inFolder)) return undefined;
  return path.slice(0, -inFolder.length).replace(/\/$/, '');
}

const tokenFilesOf = (metadata: readonly SourceFile[], files: readonly SourceFile[]): SourceFile[] => {
  const stems = new Set(metadata.map(({ path }) => path.replace(/\.metadata$/, '')));
  return files.filter(({ path }) => stems.has(path.replace(/\.(metadata|index|loss)$/, '')));
};
