import type { FactCatalogue } from '@tributary/contracts';
import { objectIn } from '../files/untyped-values.ts';
import { truncate, truncateName, sha256Of } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { count } from '../run-history/start-run.ts';
import { memberIn, metaIn } from './meta-file.ts';
import { isPersonal, withoutPersonal, withoutSecrets } from './personal.ts';
import type { KeyedFile } from './store-layout.ts';

type DeclaredInput = FactCatalogue['training.input.declared'];

/** The tag in which a client states the purpose of a dataset. */
const CONTEXT_TAG = 'mlflow.data.context';

/** Records the input datasets of a run. Datasets that the experiment does not describe are unresolved. */
export async function recordInputs(
  collector: FactCollector,
  runId: string,
  inputs: readonly KeyedFile[],
  datasets: ReadonlyMap<string, KeyedFile>,
): Promise<void> {
  for (const { file } of inputs) {
    const input = await metaIn(file, collector.findings);
    const id = memberIn(input, 'source_id');
    const type = memberIn(input, 'source_type');
    if (id === undefined) continue;
    if (type !== undefined && type !== 'DATASET' && type !== '2') {
      collector.findings.warn(
        'input_left_out',
        `${file.path}: the input has the type ${type}, which is not a dataset`,
      );
      continue;
    }
    const description = datasets.get(id);
    const dataset = description ? await datasetIn(collector, description) : undefined;
    if (!dataset) {
      collector.findings.leaveUnresolved(
        file.path,
        '/source_id',
        `the folder datasets/ of the experiment does not describe dataset ${id}`,
      );
      continue;
    }
    const data = { runId, ...dataset, ...tagsIn(collector, objectIn(input['tags']) ?? {}) };
    const entity = `${runId} ${sha256Of(JSON.stringify(data))}`;
    collector.add({ sha256: await file.sha256(), pointer: '' }, entity, {
      type: 'training.input.declared',
      data,
    });
  }
}

async function datasetIn(
  { findings }: FactCollector,
  { file }: KeyedFile,
): Promise<Omit<DeclaredInput, 'runId'> | undefined> {
  const meta = await metaIn(file, findings);
  const member = (name: string, longest: number): string | undefined => {
    const value = memberIn(meta, name);
    if (value !== undefined && value.length > longest)
      findings.warn('value_truncated', `${file.path}: ${name}`);
    return value === undefined
      ? undefined
      : truncate(withoutSecrets(findings, name, withoutPersonal(findings, value)), longest);
  };
  const name = memberIn(meta, 'name');
  const digest = memberIn(meta, 'digest');
  const [sourceType, source] = [member('source_type', 512), member('source', 65_535)];
  const [schema, profile] = [member('schema', 1_048_575), member('profile', 1_048_575)];
  if (name === undefined) return undefined;
  return {
    name: truncateName(name, 512),
    ...(digest !== undefined && { digest: truncateName(digest, 128) }),
    ...(sourceType !== undefined && { sourceType }),
    ...(source !== undefined && { source }),
    ...(schema !== undefined && { schema }),
    ...(profile !== undefined && { profile }),
  };
}

function tagsIn({ findings }: FactCollector, tags: Readonly<Record<string, unknown>>) {
  const kept = Object.entries(tags).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' && !isPersonal(key, value)
      ? [[key, truncate(withoutSecrets(findings, key, value), 500)]]
      : [],
  );
  const context = kept.find(([key, value]) => key === CONTEXT_TAG && value !== '')?.[1];
  return {
    ...(context !== undefined && { context: truncate(context, 256) }),
    tags: Object.fromEntries(kept.slice(0, 1000)),
  };
}

/** Records the models that a run saved as checkpoints, like the MLflow protocol. */
export async function recordOutputs(
  collector: FactCollector,
  runId: string,
  outputs: readonly KeyedFile[],
): Promise<void> {
  for (const { key, file } of outputs) {
    const meta = await metaIn(file, collector.findings);
    const checkpointId = memberIn(meta, 'source_id') ?? key;
    const step = count(memberIn(meta, 'step'));
    if (step === undefined) {
      collector.findings.reject(
        file.path,
        '/step',
        'the saved model has no step that is a non-negative whole number',
      );
      continue;
    }
    collector.add({ sha256: await file.sha256(), pointer: '' }, `${runId} ${checkpointId}`, {
      type: 'training.checkpoint.saved',
      data: { runId, attempt: 1, checkpointId: truncateName(checkpointId, 256), step },
    });
  }
}
