import { Fault } from '@tributary/kernel';
import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Checks what was read from the environment. Throws Fault `configuration` with every problem, by the variable's name. */
export function configOf<Shape extends z.ZodType>(
  shape: Shape,
  values: unknown,
  names: Readonly<Record<string, string>>,
): z.infer<Shape> {
  const parsed = shape.safeParse(values);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${names[path.join('.')] ?? path.join('.')}: ${message}`,
  );
  throw new Fault('configuration', `the configuration is not usable\n  ${problems.join('\n  ')}`);
}

export const port = (standard: number) => z.coerce.number().int().min(0).max(65_535).default(standard);

/** Loopback unless somebody says otherwise. */
export const host = z.string().min(1).default('127.0.0.1');

const yes = new Set(['1', 'true', 'yes']);
export const flag = z
  .string()
  .optional()
  .transform((text) => yes.has((text ?? '').toLowerCase()));
