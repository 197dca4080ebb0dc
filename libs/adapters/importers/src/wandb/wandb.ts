import { groupBy, rfc3339 } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { stepGapsIn, isStep, spanOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordMetrics, recordPoints } from '../run-history/record-points.ts';
import { contentName, boundedName, withoutExtension, runName } from '../run-history/run-name.ts';
import { seedsIn, startRun } from '../run-history/start-run.ts';
import { isWandbLog } from './log-records.ts';
import { wandbFile } from './wandb-file.ts';
import type { WandbFile } from './wandb-file.ts';
import { historyPoints, systemPoints } from './wandb-points.ts';
import type { Values, WandbRun } from './wandb-record.ts';

const NAME = { kind: 'wandb', version: '1.0', looksFor: 'runs that W&B kept offline (.wandb files)' };

/**
 * Runs that W&B kept offline. Directories of one run id are one run: the oldest is attempt 1, each later one continues
 * it. Offline, a resumed run counts `_step` from 0 again; its steps are then moved behind those before, as W&B does when
 * it uploads them, and the column `_step` keeps what the file says. Of `files/` only the path is claimed: what is in
 * there is in the log as well, and `wandb-metadata.json` is personal.
 */
export const wandb: Importer = { ...NAME, detect, read };

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const found: { file: SourceFile; id: string }[] = [];
  for (const file of files) {
    if (isWandbLog(await file.head())) found.push({ file, id: idIn(file.name) ?? file.path });
  }
  return [...groupBy(found, ({ id }) => id).values()].map((members) => ({
    files: members.flatMap(({ file }) => [file, ...companionsOf(file, files)]),
    confidence: 0.99,
    evidence: members.map(({ file }) => `${file.path} starts with :W&B and holds a log of records`),
  }));
}

const idIn = (name: string): string | undefined => /^run-(.+)\.wandb$/.exec(name)?.[1];

/** What W&B writes beside a log. */
function companionsOf(file: SourceFile, files: readonly SourceFile[]): SourceFile[] {
  const folder = file.path.slice(0, file.path.length - file.name.length);
  if (!/(^|\/)(offline-)?run-[^/]*\/$/.test(folder)) return [];
  return files.filter(({ path }) =>
    [`${folder}files/`, `${folder}logs/`].some((root) => path.startsWith(root)),
  );
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const logs: WandbFile[] = [];
  for (const file of folder.files) {
    if (!file.name.endsWith('.wandb') && !isWandbLog(await file.head())) continue;
    const sha256 = await file.sha256();
    const copied = logs.find((log) => log.sha256 === sha256);
    if (copied) collector.findings.warn('file_repeated', `${file.path} is a copy of ${copied.path}`);
    const log = copied ? undefined : await wandbFile(file, collector.findings);
    if (log) logs.push(log);
  }
  const projects = groupBy(logs, ({ run }) => run?.runId ?? '');
  const runs = groupBy(logs, (log) =>
    log.run?.runId ? runIdOf(log.run, projects.get(log.run.runId) ?? []) : unnamedRun(folder, request, log),
  );
  for (const [runId, parts] of runs) readRun(collector, runId, parts);
  return collector.finish();
}

/** An id is unique in its project: where several use it, the project is part of the run's. */
function runIdOf({ runId, project }: WandbRun, alike: readonly WandbFile[]): string {
  const shared = new Set(alike.map(({ run }) => run?.project)).size > 1;
  return boundedName(shared && project !== undefined ? `${project}/${runId}` : runId);
}

function unnamedRun(folder: Folder, request: ImportRequest, { path, sha256 }: WandbFile): string {
  const stem = withoutExtension(path);
  return runName(folder, request, stem, contentName(stem.replace(/^.*\//, ''), sha256));
}

function readRun(collector: FactCollector, runId: string, parts: readonly WandbFile[]): void {
  const inOrder = parts.toSorted(
    (left, right) =>
      (left.run?.startTime ?? 0) - (right.run?.startTime ?? 0) || (left.path < right.path ? -1 : 1),
  );
  let last: number | undefined;
  for (const [index, log] of inOrder.entries()) {
    const attempt = index + 1;
    const points = historyPoints(log, collector.findings);
    const placed = last === undefined ? { points } : resumedPoints(log, points, last, collector.findings);
    startAttempt(collector, { runId, attempt }, log, placed.resumedAt);
    const source = { sha256: log.sha256, pointer: spanOf('record') };
    recordPoints(collector, source, { runId, attempt }, placed.points);
    recordMetrics(collector, source, { runId, attempt }, systemPoints(log));
    endAttempt(collector, { runId, attempt }, log, placed.points);
    last = Math.max(last ?? -1, ...lastStep(placed.points));
    reportStepGaps(log.path, placed.points, collector.findings);
  }
}

type ResumedPoints = { readonly points: readonly Point[]; readonly resumedAt?: number };

/** Where a later directory goes on: behind the last step where it counts from 0 again, else at its own first step. */
function resumedPoints(
  log: WandbFile,
  points: readonly Point[],
  last: number,
  findings: Findings,
): ResumedPoints {
  const [first] = points.flatMap(({ step }) => (isStep(step) ? [step] : []));
  if (first === undefined) return { points, resumedAt: last };
  if (first > 0) return { points, resumedAt: Math.min(last, first - 1) };
  const shift = last + 1;
  findings.warn('step_counted_anew', `${log.path}: _step starts at 0 again; 0 became ${shift}`);
  const moved = points.map((point) => (point.step === null ? point : { ...point, step: point.step + shift }));
  const rows = [...groupBy(points, ({ at }) => at).values()].flatMap(([row]) => (row ? [row] : []));
  const raw = rows.flatMap(({ step, time, at }) =>
    step === null ? [] : [{ key: '_step', step: step + shift, value: step, time, at }],
  );
  return { points: [...moved, ...raw], resumedAt: last };
}

type Attempt = { readonly runId: string; readonly attempt: number };

function startAttempt(
  collector: FactCollector,
  name: Attempt,
  log: WandbFile,
  resumedAt: number | undefined,
): void {
  const { run, records } = log;
  const origin = {
    sha256: log.sha256,
    pointer: `record:${records.find(({ kind }) => kind === 'run')?.at ?? 1}`,
  };
  const config = configOf(run?.config ?? [], records);
  startRun(collector, origin, {
    ...name,
    config,
    seeds: seedsIn(config),
    ...machineOf(log),
    ...(run && describedBy(run)),
    ...(resumedAt !== undefined && {
      resumedFrom: { attempt: name.attempt - 1, step: Math.max(0, resumedAt) },
    }),
  });
  if (!run) {
    collector.findings.leaveUnresolved(
      log.path,
      '',
      'no record says which run this is; it is named by its file',
    );
  } else if (run.tags.length > 0) {
    const tags = Object.fromEntries(run.tags.map((tag) => [tag.slice(0, 256), '']));
    const data = { runId: name.runId, tags };
    collector.add(origin, `${name.runId}#${name.attempt}`, { type: 'training.run.annotated', data });
  }
}

const describedBy = ({ name, project, branch, startTime }: WandbRun) => ({
  ...(name !== undefined && { name: name.slice(0, 512) }),
  ...(project !== undefined && { projectId: project.slice(0, 256) }),
  ...(branch && { forkedFrom: branch }),
  ...(startTime !== undefined && { time: rfc3339(startTime) }),
});

/** The commit and the accelerators, wherever they are told. */
function machineOf({ run, records }: WandbFile) {
  const machines = records.flatMap((record) => (record.kind === 'machine' ? [record] : []));
  const revision = run?.commit ?? machines.flatMap(({ commit }) => (commit ? [commit] : []))[0];
  const hardware = machines.flatMap(({ gpu }) => gpu ?? [])[0];
  return {
    ...(revision !== undefined && { code: { revision: revision.slice(0, 256) } }),
    ...(hardware !== undefined && { hardware: hardware.slice(0, 1024) }),
  };
}

/** Later records change what the run started with. What W&B keeps about itself is left out. */
function configOf(start: Values, records: WandbFile['records']): Record<string, unknown> {
  const changes = records.flatMap((record) => (record.kind === 'config' ? record.config : []));
  return Object.fromEntries(
    [...start, ...changes].filter(([key]) => key !== '_wandb' && !key.startsWith('_wandb.')),
  );
}

function endAttempt(
  collector: FactCollector,
  { runId, attempt }: Attempt,
  log: WandbFile,
  points: readonly Point[],
): void {
  const exit = log.records.find((record) => record.kind === 'exit');
  if (exit?.kind !== 'exit') {
    collector.findings.warn('end_not_recorded', `${log.path}: no record says that the run ended`);
    return;
  }
  const [last] = lastStep(points);
  collector.add({ sha256: log.sha256, pointer: `record:${exit.at}` }, `${runId}#${attempt}`, {
    type: 'training.run.ended',
    data: {
      runId,
      attempt,
      status: exit.code === 0 ? 'completed' : 'failed',
      ...(last !== undefined && { lastStep: last }),
      ...(exit.code !== 0 && { reason: `exit code ${exit.code}` }),
    },
  });
}

/** The highest step, or nothing. */
function lastStep(points: readonly Point[]): [number] | [] {
  const last = points.reduce((high, { step }) => (isStep(step) && step > high ? step : high), -1);
  return last < 0 ? [] : [last];
}

/** W&B drops what is logged below the current step, so that its history may lack steps. */
function reportStepGaps(path: string, points: readonly Point[], findings: Findings): void {
  const steps = [...new Set(points.flatMap(({ step }) => (isStep(step) ? [step] : [])))].toSorted(
    (a, b) => a - b,
  );
  for (const { from, to, missing } of stepGapsIn(steps)) {
    findings.warn('steps_missing', `${path}: steps ${from} to ${to} are not in the history`, missing);
  }
}
