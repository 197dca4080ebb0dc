import type { CommonOptions } from '../context.ts';

/**
 * The settings of a server that a command starts, from the environment variables of the standalone server: limits of
 * requests and questions, deadlines, watermarks of the disk, whom it answers, permissions of files, and the grace of a dead
 * part. Throws Fault `configuration` with every problem.
 */
export async function serverSettings({ environment }: Pick<CommonOptions, 'environment'>) {
  const configuration = await import('@tributary/configuration');
  const { access, answering, deadlines, faultGrace, introspection, limits, questions, umask, watermarks } =
    configuration;
  const { group, readSettings } = configuration;
  return readSettings(
    group({ access, limits, questions, introspection, answering, deadlines, watermarks, umask, faultGrace }),
    environment,
  );
}
