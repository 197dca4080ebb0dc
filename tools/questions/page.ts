/** What a block of the page is run on: the shipped experiment, the small files of `examples/samples`, or published data. */
export type DataSet = 'lab' | 'samples' | 'dclm';

/** A command or a query of the page, with the output that the page shows. */
export type Example = {
  readonly language: 'bash' | 'graphql';
  readonly data: DataSet;
  readonly text: string;
  readonly shown: string;
};

/** A block, the set of data behind its language, and the block of its output where there is one. */
const BLOCK = /^```(bash|graphql)(?: (\w+))?\n([^]*?)^```\n(?:\n```(?:text|json answer)\n([^]*?)^```\n)?/gm;

const dataOf = (name: string | undefined): DataSet => {
  if (name === undefined) return 'lab';
  if (name === 'samples' || name === 'dclm') return name;
  throw new Error(`there is no set of data named ${name}`);
};

/** The blocks of the page that are run, in order. */
export const examplesIn = (page: string): Example[] =>
  [...page.matchAll(BLOCK)].map(([, language, data, text = '', shown = '']) => ({
    language: language === 'graphql' ? 'graphql' : 'bash',
    data: dataOf(data),
    text,
    shown,
  }));

/** The page with new outputs, in the order of its blocks; where one is undefined, the shown one stays. */
export function withOutputs(page: string, outputs: readonly (string | undefined)[]): string {
  let index = -1;
  return page.replaceAll(BLOCK, (block, language: string, data: string | undefined, text: string) => {
    index += 1;
    const output = outputs[index];
    if (output === undefined) return block;
    const name = language === 'bash' ? 'text' : 'json answer';
    const head = data === undefined ? language : `${language} ${data}`;
    return `\`\`\`${head}\n${text}\`\`\`\n\n\`\`\`${name}\n${output.trimEnd()}\n\`\`\`\n`;
  });
}

/** How far a question is answered today. */
export const STATES = ['Answered', 'Partly', 'Not yet'] as const;

export type Question = { readonly number: number; readonly title: string; readonly state: string };

/** The questions of the page with the state that the text under each heading begins with. */
export const questionsIn = (page: string): Question[] =>
  [...page.matchAll(/^## Q(\d+)\. (.+)\n\n\*\*([^*]+)\.\*\*/gm)].map(
    ([, number, title = '', state = '']) => ({
      number: Number(number),
      title,
      state,
    }),
  );

const SUMMARY = /(<!-- summary -->\n)[^]*?(<!-- \/summary -->)/;

/** The page with the table of its questions, from their headings. */
export function withSummary(page: string): string {
  const questions = questionsIn(page);
  const counts = STATES.map(
    (state) => `${questions.filter((question) => question.state === state).length} ${state.toLowerCase()}`,
  );
  const rows = questions.map(({ number, title, state }) => {
    const anchor = `q${number} ${title}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-');
    return `| [Q${number}](#${anchor}) | ${title} | ${state.toLowerCase()} |`;
  });
  const table = ['| | question | today |', '| --- | --- | --- |', ...rows].join('\n');
  return page.replace(SUMMARY, (_, open: string, close: string) => {
    return `${open}\n${counts.join(', ')}.\n\n${table}\n\n${close}`;
  });
}

/** What differs between two runs of the same commands: times of recording. */
export const withoutTimes = (output: string): string => output.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');

const COLUMNS = 116;
const ITEMS = 4;

/** An answer as the page shows it: at most four items of a list, and six digits of a number that is no integer. */
export function excerpt(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.slice(0, ITEMS).map(excerpt);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, excerpt(member)]));
}

/** JSON with values on one line where they fit into the width of the page. */
export function compactJson(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
  if (indent.length + line.length <= COLUMNS || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${compactJson(item, inner)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(
    ([key, member]) => `${inner}${JSON.stringify(key)}: ${compactJson(member, inner)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}
