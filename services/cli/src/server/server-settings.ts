import type { CommonOptions } from '../context.ts';

type Asked = Pick<CommonOptions, 'environment'>;

const loaded = () => import('@tributary/configuration');

/**
 * The settings of the server that a command starts for itself, from the environment variables of the standalone server:
 * limits of requests, files, questions and queries, deadlines, watermarks of the disk, permissions of files, the witness, and
 * the grace of a dead part. Throws Fault `configuration` with every problem.
 */
export async function serverSettings({ environment }: Asked) {
  const configuration = await loaded();
  return configuration.readSettings(configuration.group(ofEachServer(configuration)), environment);
}

/** As `serverSettings`, with what only a server for others has: whom it answers, and the port of the metrics. */
export async function servingSettings({ environment }: Asked) {
  const configuration = await loaded();
  const { access, metricsPort, group, readSettings } = configuration;
  return readSettings(group({ access, metricsPort, ...ofEachServer(configuration) }), environment);
}

const ofEachServer = (configuration: Awaited<ReturnType<typeof loaded>>) => {
  const { answering, artifactBytes, deadlines, estimateHeap, faultGrace, introspection } = configuration;
  const { limits, queryBytes, questions, umask, watermarks, witness } = configuration;
  const ofQuestions = { questions, introspection, answering, queryBytes, estimateHeap, deadlines };
  return { limits, artifactBytes, ...ofQuestions, watermarks, umask, witness, faultGrace };
};
