import { Fault } from '@tributary/kernel';
import { z } from 'zod';

const Config = z.object({
  /** Loopback unless somebody says otherwise. */
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(4800),
  directory: z.string().min(1).default('.tributary'),
});

export type StandaloneConfig = z.infer<typeof Config>;

/** Pure: the environment comes in as a value. Throws with every problem in one message. */
export function readConfig(env: Record<string, string | undefined>): StandaloneConfig {
  const parsed = Config.safeParse({ host: env['HOST'], port: env['PORT'], directory: env['TRIBUTARY_DATA'] });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${NAMES[String(issue.path[0])] ?? 'configuration'}: ${issue.message}`,
  );
  throw new Fault('configuration', `the configuration is not usable\n  ${problems.join('\n  ')}`);
}

const NAMES: Readonly<Record<string, string>> = { host: 'HOST', port: 'PORT', directory: 'TRIBUTARY_DATA' };
