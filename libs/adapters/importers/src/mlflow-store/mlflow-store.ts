import { groupBy } from '@tributary/kernel';
import type { Folder } from '../files/folder.ts';
import type { FileMatch, Imported, Importer } from '../importer.ts';
import { truncateName } from '../facts/text.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { memberIn, metaIn } from './meta-file.ts';
import { experimentsIn, filesBelow, filesOf } from './store-layout.ts';
import type { StoredExperiment, StoredRun } from './store-layout.ts';
import { recordProject } from './stored-project.ts';
import { recordRun } from './stored-run.ts';
import type { IdentifiedRun } from './stored-run.ts';

const NAME = {
  kind: 'mlflow-store',
  version: '1.0',
  looksFor: 'the file store of MLflow (mlruns): experiments and runs with a meta.yaml each',
};

/**
 * The file store of MLflow. Runs and experiments keep their MLflow ids, and the facts equal those of the MLflow
 * protocol. Artifacts are left to the other importers. Experiments that were deleted lie in the hidden folder `.trash`
 * and are not imported.
 */
export const mlflowStore: Importer = { ...NAME, looksAt: 'everything', detect, read };

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const roots = groupBy(await experimentsIn(files), ({ root }) => root);
  return [...roots].map(([root, experiments]) => {
    const runs = experiments.reduce((sum, experiment) => sum + experiment.runs.length, 0);
    return {
      files: experiments.flatMap(filesBelow),
      confidence: 0.97,
      evidence: [
        `${root === '' ? 'the folder' : root} holds ${experiments.length} experiments and ${runs} runs of MLflow: their meta.yaml has an experiment_id; .trash is not read`,
      ],
    };
  });
}

async function read(folder: Folder): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const known = new Map<string, string>();
  for (const experiment of await experimentsIn(folder.files)) {
    const projectId = await recordProject(collector, experiment);
    for (const stored of experiment.runs) {
      const run = await identifiedRun(collector, { experiment, projectId, stored });
      if (!run) continue;
      const before = known.get(run.runId);
      known.set(run.runId, before ?? stored.path);
      if (before === undefined) await recordRun(collector, run);
      else
        collector.findings.reject(
          stored.path,
          '',
          `run ${run.runId} is also in ${before}, which was imported`,
        );
    }
  }
  return collector.finish();
}

type RunLocation = {
  readonly experiment: StoredExperiment;
  readonly projectId: string | undefined;
  readonly stored: StoredRun;
};

/** The run with its MLflow id, which is also the name of its folder. */
async function identifiedRun(
  { findings }: FactCollector,
  { experiment, projectId, stored }: RunLocation,
): Promise<IdentifiedRun | undefined> {
  const [anchor] = filesOf(stored);
  if (!anchor) return undefined;
  if (!stored.meta)
    findings.reject(stored.path, '', 'the run has no meta.yaml; its other files were imported');
  const meta = stored.meta ? await metaIn(stored.meta, findings) : {};
  const id = memberIn(meta, 'run_id') ?? memberIn(meta, 'run_uuid') ?? stored.name;
  const owner = memberIn(meta, 'experiment_id');
  if (id === '') {
    findings.reject(anchor.path, '', 'the files do not name the run: import the parent folder instead');
    return undefined;
  }
  if (projectId !== undefined && owner !== undefined && owner !== projectId)
    findings.warn(
      'experiment_differs',
      `${stored.path} names experiment ${owner} but lies in ${projectId}, which was imported`,
    );
  return {
    runId: truncateName(id, 256),
    projectId: projectId ?? (owner === undefined ? undefined : truncateName(owner, 256)),
    meta,
    origin: { sha256: await anchor.sha256(), pointer: '' },
    stored,
    datasets: experiment.datasets,
  };
}
