import { userInfo } from 'node:os';
import { Argument, Option } from 'commander';
import { RetractDocument, RetractionImpactDocument } from '../generated/documents.ts';
import type { RetractionTarget } from '../generated/documents.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { actorFor, WHO_ACTS } from '../server/credential.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { impactText, retractedText } from '../text/impact.ts';

const target = () =>
  new Argument('<target>', 'what the id names; a source is a published package').choices([
    'shard',
    'snapshot',
    'source',
  ]);

const id = () => new Argument('<id>', 'its id; of a package such as npm/vue@3.4.38');

type RetractOptions = CommonOptions & { readonly reason: string; readonly actor?: string };

type ImpactOptions = CommonOptions & { readonly at?: string };

export function addRetract(add: AddCommand, context: CliContext): void {
  add('retract', 'record that a shard, a snapshot or a package must not be used any more')
    .addArgument(target())
    .addArgument(id())
    .requiredOption('--reason <text>', 'why')
    .option('--actor <name>', WHO_ACTS)
    .action(async (kind: RetractionTarget, named: string, { reason, actor, ...options }: RetractOptions) => {
      const outcome = await withServer(options, async (url) => {
        const by = actorFor(url, actor, () => userInfo().username);
        return (await ask(url, RetractDocument, { target: kind, id: named, reason, actor: by })).retract;
      });
      if ('refusal' in outcome) throw new Exit(EXIT.failed, outcome.text, outcome.refusal);
      const text = options.json ? JSON.stringify(outcome) : retractedText(kind, named, outcome);
      context.print(`${text}\n`);
    });
  add('impact', 'what is stale without a shard, a snapshot or a package, retracted or not')
    .addArgument(target())
    .addArgument(id())
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (kind: RetractionTarget, named: string, { at, ...options }: ImpactOptions) => {
      const variables = { target: kind, id: named, asOf: at };
      const impact = await withServer(options, async (url) =>
        present((await ask(url, RetractionImpactDocument, variables)).retractionImpact, url),
      );
      context.print(`${options.json ? JSON.stringify(impact) : impactText(impact)}\n`);
    });
}
