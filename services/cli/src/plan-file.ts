import { basename } from 'node:path';
import { checkFact } from '@tributary/contracts';
import { isJsonObject } from '@tributary/json';
import { plainYaml, readFolder } from '@tributary/importers';
import type { SourceFile } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';
import type { MixturePlan } from './generated/documents.ts';
import { mixturesIn } from './mixture-file.ts';

/** Who decides, and why, in place of what the file says. */
export type Decider = {
  readonly reason?: string | undefined;
  readonly actor?: string | undefined;
};

/**
 * The plans in a file: one for each document of YAML or JSON, with the members of `mixture.plan.decided`, or one for each
 * row of a table of mixtures, as shares of tokens in one phase. `decidedBy` is absent where nobody is named. Throws Exit for
 * a file without plans, and for the first plan that breaks the schema.
 */
export async function plansIn(path: string, decider: Decider): Promise<MixturePlan[]> {
  const folder = await readFolder(path).catch(() => undefined);
  const [file, ...others] = folder?.files ?? [];
  if (!file || others.length > 0) throw new Exit(EXIT.usage, `${path} is not one file that can be read`);
  const documents = await documentsIn(file);
  const plans: object[] = documents ?? (await plansOfTable(file));
  return plans.map((plan, index) => {
    const decided = withDecider(plan, decider);
    const which = plans.length > 1 ? `, plan ${index + 1}` : '';
    return checked(decided, `${basename(path)}${which}`, decider);
  });
}

/** The plans of a YAML or JSON file; undefined for a table. */
async function documentsIn(file: SourceFile): Promise<object[] | undefined> {
  const { documents, broken } = plainYaml(await file.text());
  const plans = documents.filter((document) => isJsonObject(document) && 'phases' in document);
  if (plans.length > 0 && plans.length === documents.length) return plans.map(Object);
  if (broken !== undefined && /\.(ya?ml|json)$/i.test(file.name))
    throw new Exit(EXIT.failed, `${file.name} is neither YAML nor JSON: ${broken}`);
  return undefined;
}

async function plansOfTable(file: SourceFile): Promise<object[]> {
  const { mixtures } = await mixturesIn(
    file,
    'a plan in YAML or JSON has phases, and a table has a key and shares that sum to one in each row.',
  );
  return mixtures.map(({ key, weights }) => ({
    mixtureId: key,
    unit: 'token_share',
    phases: [{ name: 'all', fromStep: 0, weights }],
  }));
}

function withDecider(plan: object, { reason, actor }: Decider): object {
  return {
    ...plan,
    ...(reason !== undefined && { rationale: reason }),
    ...(actor !== undefined && { decidedBy: actor }),
  };
}

function checked(plan: object, where: string, { reason }: Decider): MixturePlan {
  if (reason === undefined && !('rationale' in plan))
    throw new Exit(EXIT.usage, `${where} has no rationale: say why with --reason`);
  const violation = checkFact('mixture.plan.decided', { decidedBy: 'somebody', ...plan });
  if (!violation) return Object(plan);
  const pointer = violation.pointer.replace(/^\/data/, '');
  const problem = /^\/phases\/.*\/unit$/.test(pointer)
    ? `a plan has one unit, and ${pointer} names another one`
    : `${pointer || 'it'} ${violation.message}`;
  throw new Exit(EXIT.failed, `${where} is no plan: ${problem}`, 'invalid');
}
