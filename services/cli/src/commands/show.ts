import { Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { EntityDocument } from '../generated/documents.ts';
import type { EntityQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { entityNamed } from '../server/entity-named.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { reportText } from '../text/entities.ts';

export type EntityReport = NonNullable<EntityQuery['entity']>;

type ShowOptions = CommonOptions & { readonly at?: string };

export function addShow(add: AddCommand, context: CliContext): void {
  add('show', 'what is recorded of a run, shard, mixture or anything else, and what surrounds it')
    .argument(
      '<id>',
      'its id, the only id that begins with it, or its name; KIND:ID where several kinds have it',
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (text: string, options: ShowOptions) => {
      const report = await withServer(options, async (url) => {
        const id = await entityNamed(url, text, options.at);
        return present((await ask(url, EntityDocument, { id, asOf: options.at })).entity, url);
      });
      context.print(`${options.json ? JSON.stringify(report) : reportText(report)}\n`);
    });
}
