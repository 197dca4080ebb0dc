import type { ServedLimits } from '@tributary/capture';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { trackerProjection, trainingProjection } from '@tributary/training';
import { expect } from 'vitest';
import { mlflowControllers, streamArtifacts } from './index.ts';

/** The tracking API over real tables. */
export const serveTracker = (served: ServedLimits = {}): Promise<ServedProtocol> =>
  serveProtocol({
    served,
    controllers: mlflowControllers,
    stream: streamArtifacts,
    projections: [trainingProjection, trackerProjection],
  });

export type Call = {
  /** POST with a body, otherwise GET. */
  readonly method?: string;
  readonly prefix?: string;
};

/** A client of the tracking API. `url` gives the address at the time of a call. */
export function trackerClient(url: () => string) {
  async function call(path: string, body?: object, { method, prefix = 'api' }: Call = {}) {
    const response = await fetch(`${url()}/${prefix}/2.0/mlflow/${path}`, {
      method: method ?? (body ? 'POST' : 'GET'),
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, answer: JSON.parse(await response.text()) };
  }
  /** The answer of a call that succeeds. */
  async function ask(path: string, body?: object, options?: Call) {
    const { status, answer } = await call(path, body, options);
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    call,
    ask,
    createExperiment: async (name: string, more: object = {}): Promise<string> =>
      (await ask('experiments/create', { name, ...more })).experiment_id,
    getExperiment: async (id: string) => (await ask(`experiments/get?experiment_id=${id}`)).experiment,
    createRun: async (experiment_id: string, more: object = {}): Promise<string> =>
      (await ask('runs/create', { experiment_id, start_time: 1_764_000_000_000, ...more })).run.info.run_id,
    getRun: async (run_id: string) => (await ask(`runs/get?run_id=${run_id}`)).run,
    createModel: async (body: object): Promise<string> =>
      (await ask('logged-models', body)).model.info.model_id,
  };
}

/** The answer to a refused call. */
export const refusal = (status: number, error_code: string, message: RegExp) => ({
  status,
  answer: { error_code, message: expect.stringMatching(message) },
});
