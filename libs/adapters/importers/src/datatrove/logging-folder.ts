import type { SourceFile } from '../files/folder.ts';
import { listIn, objectIn, looseNumberIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { contentId } from '../facts/shard-list.ts';
import { stepFact } from './funnel.ts';
import { summedSteps, stepStatsIn, digestOfFiles } from './stats-file.ts';
import type { StepStats } from './stats-file.ts';

/** The output of an executor for one pipeline run: its configuration, and the counts by task and in total. */
export type LoggingFolder = {
  readonly path: string;
  executor?: SourceFile;
  merged?: SourceFile;
  readonly tasks: SourceFile[];
};

/** Whether JSON is an executor.json. */
function isExecutor(json: unknown): boolean {
  const root = objectIn(json) ?? {};
  const typical = ['world_size', 'skip_completed', 'logging_dir'];
  return listIn(root['pipeline']) !== undefined && typical.some((key) => Object.hasOwn(root, key));
}

/** The logging folders below a folder, recognised by the content of their files. */
export async function loggingFolders(files: readonly SourceFile[]): Promise<LoggingFolder[]> {
  const folders = new Map<string, LoggingFolder>();
  const at = (path: string) => {
    const folder = folders.get(path) ?? { path, tasks: [] };
    folders.set(path, folder);
    return folder;
  };
  for (const file of files.filter(({ name }) => name.endsWith('.json'))) {
    const head = await file.headText();
    if (!head.includes('time_stats') && !head.includes('"pipeline"')) continue;
    const json = await file.json();
    const parent = file.folder;
    if (isExecutor(json)) at(parent).executor = file;
    else if (!stepStatsIn(json)) continue;
    else if (/(^|\/)stats$/.test(parent)) at(parent.replace(/\/?stats$/, '')).tasks.push(file);
    else at(parent).merged = file;
  }
  return [...folders.values()];
}

/**
 * Adds one fact for each step of a pipeline run. Merged counts are the sums over the tasks, so only one of the two is
 * used.
 */
export async function readLogging(folder: LoggingFolder, collector: FactCollector): Promise<void> {
  const { executor, merged, tasks } = folder;
  const primary = merged ?? tasks[0] ?? executor;
  if (!primary) return;
  const args = await argumentsOf(executor);
  const steps = primary === executor ? uncounted(args, primary, collector) : await stepsOf(folder, collector);
  const matchesArgs = args.length === steps.length;
  if (executor && !matchesArgs) {
    const example = `${folder.path}: executor.json has ${args.length} steps, the counts have ${steps.length}`;
    collector.findings.warn('recipe_does_not_fit_counts', example);
  }
  const sha256 = await primary.sha256();
  const identity = await digestOfFiles([
    ...(executor ? [executor] : []),
    ...(merged ? [merged] : []),
    ...tasks,
  ]);
  const pipelineId = contentId(nameOf(folder), identity);
  for (const [index, step] of steps.entries()) {
    collector.add({ sha256, pointer: `/${index}` }, `${pipelineId}|${index}`, {
      type: 'corpus.step.completed',
      data: stepFact(step, index, pipelineId, matchesArgs ? args[index] : undefined),
    });
  }
}

/** The name of the folder. The counts of tasks lie in a folder of their own below it. */
function nameOf({ executor, merged, tasks }: LoggingFolder): string {
  const direct = merged ?? executor;
  return (direct ? direct.folders.at(-1) : tasks[0]?.folders.at(-2)) ?? 'datatrove';
}

/** The arguments of each step in executor.json. */
async function argumentsOf(executor: SourceFile | undefined): Promise<(JsonObject | undefined)[]> {
  const config = objectIn(await executor?.json());
  return (listIn(config?.['pipeline']) ?? []).map(objectIn);
}

/** Steps of an executor.json without counts. It is not known whether they ran. */
function uncounted(args: readonly unknown[], { path }: SourceFile, { findings }: FactCollector): StepStats[] {
  findings.warn('counts_absent', path, args.length);
  return args.map((_arg, index) => ({ name: `step ${index}`, metrics: new Map(), seconds: undefined }));
}

async function stepsOf(folder: LoggingFolder, { findings }: FactCollector): Promise<StepStats[]> {
  const { merged, tasks, executor } = folder;
  const read = await Promise.all(tasks.map(async (file) => stepStatsIn(await file.json()) ?? []));
  const [matching, others] = sameSteps(read);
  const leftOut = `${folder.path}: ${others} tasks have unreadable counts or different steps than the first task`;
  if (others > 0) findings.warn('tasks_left_out', leftOut, others);
  const sum = summedSteps(matching);
  if (merged) {
    const whole = stepStatsIn(await merged.json()) ?? [];
    const why = `${merged.path}: the tasks do not add up to the merged counts, which were imported`;
    if (matching.length > 0 && !agree(whole, sum)) findings.warn('merged_counts_differ', why);
    return whole;
  }
  const world = looseNumberIn(objectIn(await executor?.json())?.['world_size']) ?? 0;
  const example = `${folder.path}: ${matching.length} of ${world} tasks have counts`;
  if (matching.length < world) findings.warn('tasks_missing', example);
  return sum;
}

/** The tasks with the same steps as the first one, and the number of other tasks. */
function sameSteps(tasks: readonly (readonly StepStats[])[]): [(readonly StepStats[])[], number] {
  const names = (steps: readonly StepStats[] = []) => JSON.stringify(steps.map(({ name }) => name));
  const matching = tasks.filter((task) => names(task) === names(tasks[0]));
  return [matching, tasks.length - matching.length];
}

const agree = (left: readonly StepStats[], right: readonly StepStats[]): boolean =>
  left.length === right.length &&
  left.every(({ metrics }, index) =>
    [...metrics].every(([key, total]) => isClose(total, right[index]?.metrics.get(key))),
  );

const isClose = (left: number, right = NaN): boolean =>
  Math.abs(left - right) <= 1e-6 * Math.max(1, Math.abs(left));
