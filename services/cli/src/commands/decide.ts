import { userInfo } from 'node:os';
import { Argument } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import {
  ApproveMixtureDocument,
  DecideMixtureDocument,
  SupersedeMixtureDocument,
} from '../generated/documents.ts';
import type { DecideMixtureMutation } from '../generated/documents.ts';
import { plansIn } from '../plan-file.ts';
import type { AddCommand } from '../program.ts';
import { actorFor, WHO_ACTS } from '../server/credential.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { approvedText, decidedText, supersededText } from '../text/decisions.ts';
import type { RecordedDecision } from '../text/decisions.ts';
import { counted } from '../text/format.ts';

type Outcome = DecideMixtureMutation['decideMixture'];

type DecideOptions = CommonOptions & {
  readonly reason?: string;
  readonly actor?: string;
  readonly replace?: boolean;
};

type ApproveOptions = CommonOptions & { readonly reason?: string; readonly actor?: string };

type SupersedeOptions = CommonOptions & { readonly reason: string; readonly actor?: string };

/** Who acts where a server does not know who asks. */
const user = (): string => userInfo().username;

const mixture = () => new Argument('<mixture>', 'the mixture, by its whole id');

export function addDecide(add: AddCommand, context: CliContext): void {
  add(
    'decide',
    'record that mixtures are decided: weights, and why, what was expected, what else was weighed',
  )
    .argument('<file>', 'plans in YAML or JSON, or a table with a key and the share of each slice')
    .option('--reason <text>', 'why, in place of the rationale in the file')
    .option('--actor <name>', `${WHO_ACTS}; in place of decidedBy in the file`)
    .option('--replace', 'replace another plan of the mixture, whose approval ends')
    .action(async (file: string, { reason, actor, replace = false, ...options }: DecideOptions) => {
      const plans = await plansIn(file, { reason, actor });
      const decided = await withServer(options, async (url) => {
        const done: RecordedDecision[] = [];
        for (const plan of plans) {
          const decidedBy = actorFor(url, plan.decidedBy ?? undefined, user);
          const { decideMixture } = await ask(url, DecideMixtureDocument, {
            plan: { ...plan, decidedBy },
            replace,
          });
          done.push(recorded(plan.mixtureId, decideMixture, done.length));
        }
        return done;
      });
      const text = options.json ? JSON.stringify({ decisions: decided }) : decidedText(decided);
      context.print(`${text}\n`);
    });
  add('approve', 'record that a mixture is approved, by somebody other than who decided it')
    .addArgument(mixture())
    .option('--reason <text>', 'a remark')
    .option('--actor <name>', WHO_ACTS)
    .action(async (id: string, { reason: note, actor, ...options }: ApproveOptions) => {
      const outcome = await withServer(options, async (url) => {
        const approvedBy = actorFor(url, actor, user);
        const { approveMixture } = await ask(url, ApproveMixtureDocument, { id, approvedBy, note });
        return recorded(id, approveMixture);
      });
      context.print(`${options.json ? JSON.stringify(outcome) : approvedText(outcome)}\n`);
    });
  add('supersede', 'record that a mixture is superseded by another one')
    .argument('<old>', 'the superseded mixture, by its whole id')
    .argument('<new>', 'the mixture that supersedes it')
    .requiredOption('--reason <text>', 'why')
    .option('--actor <name>', WHO_ACTS)
    .action(async (id: string, supersededBy: string, { reason, actor, ...options }: SupersedeOptions) => {
      const outcome = await withServer(options, async (url) => {
        const asked = { id, supersededBy, reason, actor: actorFor(url, actor, user) };
        return recorded(id, (await ask(url, SupersedeMixtureDocument, asked)).supersedeMixture);
      });
      context.print(`${options.json ? JSON.stringify(outcome) : supersededText(outcome, supersededBy)}\n`);
    });
}

/** Throws Exit for a refusal; `before` are the plans of the file that are recorded already. */
function recorded(id: string, outcome: Outcome, before = 0): RecordedDecision {
  if (!('refusal' in outcome)) return { mixture: id, ...outcome };
  const done =
    before > 0
      ? `; ${counted(before, 'plan')} before it in the file ${before === 1 ? 'is' : 'are'} recorded`
      : '';
  throw new Exit(EXIT.failed, `${outcome.text}${HINTS.get(outcome.refusal) ?? ''}${done}`, outcome.refusal);
}

/** What to do about a refusal. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['already_decided', ': --replace replaces it'],
  ['approver_is_decider', ': --actor names who'],
  ['unknown_mixture', ': tributary decide FILE'],
]);
