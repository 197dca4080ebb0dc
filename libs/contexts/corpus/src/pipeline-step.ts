import type { Fact, Stamp } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import type { Row } from '@tributary/kernel';
import { countColumns } from './columns.ts';

type PipelineStep = Fact<'corpus.step.completed'>['data'];

export const pipelineStepRow = (data: PipelineStep, stamp: Stamp): Row => ({
  ...stamp,
  pipeline_id: data.pipelineId,
  step_id: data.stepId,
  place: data.index ?? null,
  name: data.name,
  kind: data.kind,
  tool: data.tool?.name ?? '',
  tool_version: data.tool?.version ?? '',
  inputs: data.inputs ?? [],
  outputs: data.outputs ?? [],
  ...countColumns('documents_in', data.documentsIn),
  ...countColumns('documents_out', data.documentsOut),
  ...countColumns('bytes_out', data.bytesOut),
  ...countColumns('tokens_out', data.tokensOut),
  dropped: (data.dropped ?? []).map(({ reason, documents }) => ({
    reason,
    documents: documents.value,
    method: documents.method,
  })),
  config: data.config ? canonicalJson(data.config) : '',
  seconds: data.seconds ?? null,
  redacted: data.redacted ?? false,
});
