import type { CommonOptions } from '../context.ts';

/**
 * The settings of a server that a command starts, from the environment variables of the standalone server: limits of
 * requests and questions, deadlines, watermarks of the disk, permissions of files, and the grace of a dead part. Throws
 * Fault `configuration` with every problem.
 */
export async function serverSettings({ environment }: Pick<CommonOptions, 'environment'>) {
  const { answering, deadlines, faultGrace, group, limits, questions, readSettings, umask, watermarks } =
    await import('@tributary/configuration');
  return readSettings(
    group({ limits, questions, answering, deadlines, watermarks, umask, faultGrace }),
    environment,
  );
}
