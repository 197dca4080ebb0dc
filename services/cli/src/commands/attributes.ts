import type { CliContext, CommonOptions } from '../context.ts';
import type { AddCommand } from '../program.ts';
import { aligned } from '../text/format.ts';

export function addAttributes(add: AddCommand, context: CliContext): void {
  add('attributes', 'what `tag` can measure of documents').action(async (options: CommonOptions) => {
    const { attributes } = await import('@tributary/tagging');
    const answer = {
      attributes: attributes.map(({ name, description, values, totals }) => ({
        name,
        description,
        values,
        ...(totals && { totals }),
      })),
    };
    context.print(`${options.json ? JSON.stringify(answer) : attributesText(answer)}\n`);
  });
}

/** schemas/answers/attributes.json */
type AttributesAnswer = {
  readonly attributes: readonly {
    readonly name: string;
    readonly description: string;
    readonly values: Readonly<Record<string, string>>;
    readonly totals?: Readonly<Record<string, string>>;
  }[];
};

function attributesText({ attributes }: AttributesAnswer): string {
  const table = (title: string, means: Readonly<Record<string, string>> = {}): string[] => {
    const rows = Object.entries(means);
    return rows.length === 0 ? [] : [aligned([{ title }, { title: 'is' }], rows)];
  };
  return attributes
    .map(({ name, description, values, totals }) =>
      [`${name}: ${description}`, ...table('value', values), ...table('of a file', totals)].join('\n'),
    )
    .join('\n\n');
}
