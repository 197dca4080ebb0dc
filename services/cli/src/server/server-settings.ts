import type { CommonOptions } from '../context.ts';

/**
 * The settings of a server that a command starts, from the environment variables of the standalone server: limits of
 * requests, files, questions and queries, deadlines, watermarks of the disk, whom it answers, the port of the metrics,
 * permissions of files, the witness, and the grace of a dead part. Throws Fault `configuration` with every problem.
 */
export async function serverSettings({ environment }: Pick<CommonOptions, 'environment'>) {
  const configuration = await import('@tributary/configuration');
  const { access, answering, deadlines, faultGrace, introspection, limits, estimateHeap } = configuration;
  const { artifactBytes, metricsPort, queryBytes, questions, umask, watermarks, witness } = configuration;
  const { group, readSettings } = configuration;
  const ofQuestions = { questions, introspection, answering, queryBytes, estimateHeap, deadlines };
  return readSettings(
    group({
      access,
      metricsPort,
      limits,
      artifactBytes,
      ...ofQuestions,
      watermarks,
      umask,
      witness,
      faultGrace,
    }),
    environment,
  );
}
