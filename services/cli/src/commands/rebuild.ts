import { EXIT } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../progress.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, Shell } from '../shell.ts';
import { aligned } from '../text/aligned.ts';
import { count } from '../text/number.ts';

export const REBUILD = /* GraphQL */ `
  mutation Rebuild {
    rebuild {
      position
      equal
      tables {
        table
        rowsBefore
        rowsAfter
        checksumBefore
        checksumAfter
        equal
      }
    }
  }
`;

/** schemas/answers/rebuild.json */
type Rebuilt = {
  readonly position: string;
  readonly equal: boolean;
  readonly tables: readonly {
    readonly table: string;
    readonly rowsBefore: number;
    readonly rowsAfter: number;
    readonly checksumBefore: string;
    readonly checksumAfter: string;
    readonly equal: boolean;
  }[];
};

/** Ends with 1 where a rebuilt table differs: then a projection is not what the log says. */
export function addRebuild(add: AddCommand, shell: Shell, setCode: (code: number) => void): void {
  add('rebuild', 'fill every table again from the log and compare').action(async (options: CommonOptions) => {
    progressOn(shell, options).note('Filling every table again from the log; answers wait meanwhile.');
    const { rebuild } = await withServer(options, (url) => ask<{ rebuild: Rebuilt }>(url, REBUILD));
    shell.print(`${options.json ? JSON.stringify(rebuild) : rebuildText(rebuild)}\n`);
    if (!rebuild.equal) setCode(EXIT.failed);
  });
}

function rebuildText(rebuild: Rebuilt): string {
  const right = { align: 'right' as const };
  const columns = [
    { title: 'table' },
    { title: 'rows before', ...right },
    { title: 'rows after', ...right },
    { title: 'checksum before' },
    { title: 'checksum after' },
    { title: '' },
  ];
  const rows = rebuild.tables.map((table) => [
    table.table,
    count(table.rowsBefore),
    count(table.rowsAfter),
    table.checksumBefore,
    table.checksumAfter,
    table.equal ? 'equal' : 'DIFFERENT',
  ]);
  const verdict = rebuild.equal ? 'every table is equal' : 'some tables are DIFFERENT';
  return `${aligned(columns, rows)}\n\nas of position ${rebuild.position}, ${verdict}`;
}
