import { groupBy } from '@tributary/kernel';
import { filterHeld } from '../files/folder.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { pointerTo } from '../files/untyped-values.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { spanOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { contentName, withoutExtension, runName } from '../run-history/run-name.ts';
import { count, startRun } from '../run-history/start-run.ts';
import { goldenSeries, isGolden } from './golden-series.ts';
import type { GoldenSeries } from './golden-series.ts';
import { launchConfig } from './launch-config.ts';
import type { LaunchConfig } from './launch-config.ts';

const NAME = {
  kind: 'megatron-golden',
  version: '1.0',
  looksFor: 'golden values of Megatron (series with start_step, step_interval and values)',
};

/**
 * Golden values of Megatron-LM. Each file is a run, also if files differ only by hardware. A `model_config.yaml` in the
 * folder is the configuration of all of them. The string "nan" marks a step that was not observed: it is recorded as
 * nan and counted as `reported_nan`.
 */
export const megatronGolden: Importer = { ...NAME, detect, read };

const CONFIG_NAME = /^model_config\.ya?ml$/;

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const golden = await filterHeld(
    files,
    async (file) => (await file.headText()).includes('"step_interval"') && isGolden(await file.json()),
  );
  const configs = groupBy(
    files.filter(({ name }) => CONFIG_NAME.test(name)),
    (file) => file.folder,
  );
  return [...groupBy(golden, (file) => file.folder)].map(([folder, members]) => ({
    files: [...members, ...(configs.get(folder) ?? [])],
    confidence: 0.98,
    evidence: members.map(({ path }) => `${path} has series with start_step, step_interval and values`),
  }));
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const configs = new Map<string, LaunchConfig>();
  for (const file of folder.files.filter(({ name }) => CONFIG_NAME.test(name))) {
    const config = launchConfig(await file.text());
    if (config) configs.set(file.folder, config);
    else
      collector.findings.reject(
        file.path,
        '',
        'the file has no MODEL_ARGS; the golden values were imported without it',
      );
  }
  for (const file of folder.files.filter(({ name }) => !CONFIG_NAME.test(name))) {
    const json = await file.json();
    if (!isGolden(json)) collector.findings.reject(file.path, '', 'the file has no golden values');
    else await readGolden(collector, folder, request, { file, json, config: configs.get(file.folder) });
  }
  return collector.finish();
}

type GoldenFile = {
  readonly file: SourceFile;
  readonly json: unknown;
  readonly config: LaunchConfig | undefined;
};

// oxlint-disable-next-line max-params -- a file in its import
async function readGolden(
  collector: FactCollector,
  folder: Folder,
  request: ImportRequest,
  { file, json, config }: GoldenFile,
): Promise<void> {
  const sha256 = await file.sha256();
  const unnamed = contentName(withoutExtension(file.name), sha256);
  const attempt = { runId: runName(folder, request, withoutExtension(file.path), unnamed), attempt: 1 };
  const series = goldenSeries(json);
  const hardware = /(?:^|[_-])((?:dgx_)?(?:a100|h100|h200|b200|gb200|gb300|v100))(?:[_.-]|$)/i.exec(
    file.name,
  )?.[1];
  const seed = count(config?.config['seed']);
  startRun(
    collector,
    { sha256, pointer: '' },
    {
      ...attempt,
      ...config,
      seeds: seed === undefined ? {} : { init: seed },
      name: withoutExtension(file.name),
      ...(hardware !== undefined && { hardware }),
    },
  );
  const points = series.flatMap(({ metric, values }): Point[] =>
    values.map(({ step, value }) => ({ key: metric, step, value, at: step })),
  );
  recordPoints(collector, { sha256, pointer: spanOf('steps') }, attempt, points);
  for (const one of series) reportMissingValues(collector, file.path, one);
}

function reportMissingValues(
  collector: FactCollector,
  path: string,
  { metric, values, missing }: GoldenSeries,
): void {
  const absent = values.filter(({ value }) => Number.isNaN(value));
  const [first] = absent;
  if (first)
    collector.findings.warn('reported_nan', `${path}: ${metric} at step ${first.step}`, absent.length);
  for (const { key, found } of missing) {
    if (found === 'null') collector.findings.warn('value_missing', `${path}: ${metric} at ${key}`);
    else
      collector.findings.reject(
        path,
        pointerTo(metric, 'values', key),
        `${found} is not a number, or its key is not a step`,
      );
  }
}
