import type { CliContext, CommonOptions } from '../context.ts';
import type { AddCommand } from '../program.ts';
import { aligned } from '../text/format.ts';

export function addAttributes(add: AddCommand, context: CliContext): void {
  add('attributes', 'what `tag` can measure of documents').action(async (options: CommonOptions) => {
    const { attributes } = await import('@tributary/tagging');
    const answer = {
      attributes: attributes.map(({ name, description, values }) => ({ name, description, values })),
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
  }[];
};

function attributesText({ attributes }: AttributesAnswer): string {
  const columns = [{ title: 'value' }, { title: 'is' }];
  return attributes
    .map(
      ({ name, description, values }) =>
        `${name}: ${description}\n${aligned(columns, Object.entries(values))}`,
    )
    .join('\n\n');
}
