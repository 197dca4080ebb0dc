import { label, part, rendered, shortened } from './svg.ts';
import type { Part } from './svg.ts';

/** Okabe and Ito's colours, which most readers can tell apart; the last one is for what is folded. */
export const COLOURS = 8;

/** Light, and dark where the reader's pages are dark. */
const STYLE = [
  'text{font-size:11px;fill:#24292f}.title{font-size:14px;font-weight:600}.note{fill:#57606a}.end{text-anchor:end}',
  '.middle{text-anchor:middle}.small{font-size:9.5px}.page{fill:#fff}.axis{stroke:#8c959f}.grid{stroke:#d0d7de}',
  '.box{fill:#f6f8fa;stroke:#57606a}.focus{stroke:#0072b2;stroke-width:2.5}.missing{stroke-dasharray:4 3}',
  '.edge{fill:none;stroke:#57606a}.head{fill:#57606a}.over{fill:#d55e00}.within{fill:#0072b2}.unknown{fill:#d0d7de}',
  '.limit{stroke:#d55e00;stroke-width:1.5;stroke-dasharray:6 3}.change{stroke:#57606a;stroke-dasharray:2 3}',
  '.c0{fill:#0072b2}.c1{fill:#e69f00}.c2{fill:#009e73}.c3{fill:#cc79a7}.c4{fill:#56b4e9}.c5{fill:#d55e00}',
  '.c6{fill:#f0e442}.c7{fill:#8c959f}.band{stroke:#fff;stroke-width:.5}',
  '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.note{fill:#9da7b1}.page{fill:#0d1117}.axis{stroke:#7d8590}',
  '.grid{stroke:#30363d}.box{fill:#161b22;stroke:#9da7b1}.focus{stroke:#56b4e9}.edge{stroke:#9da7b1}',
  '.head{fill:#9da7b1}.within{fill:#56b4e9}.unknown{fill:#484f58}.change{stroke:#9da7b1}.band{stroke:#0d1117}}',
].join(' ');

/** Width of a page of text, in pixels; pictures of graphs can be wider. */
export const WIDTH = 860;
export const MARGIN = 20;

type Picture = {
  readonly title: string;
  /** What the picture shows, for readers who do not see it. */
  readonly description: string;
  readonly width?: number;
  /** Height of the body, which begins at y = 0. */
  readonly height: number;
  readonly body: readonly Part[];
  /** How the numbers were counted, and of which position of the log they are. */
  readonly caption: readonly string[];
};

const TOP = 48;
const LINE = 15;

/** A picture as the text of an SVG file. It has its own colours in a dark page, and refers to nothing outside. */
export function picture({ title, description, width = WIDTH, height, body, caption }: Picture): string {
  const lines = caption.flatMap((text) => wrapped(text, Math.floor((width - 2 * MARGIN) / 5.8)));
  const bottom = TOP + height + 16;
  const whole = bottom + LINE * lines.length + 8;
  const content = [
    part('title', {}, title),
    part('desc', {}, description),
    part('style', {}, STYLE),
    part('rect', { width, height: whole, class: 'page' }),
    label(MARGIN, 26, shortened(title, Math.floor(width / 8)), 'title'),
    part('g', { transform: `translate(0 ${TOP})` }, body),
    ...lines.map((line, at) => label(MARGIN, bottom + LINE * (at + 0.5), line, 'note')),
  ];
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(whole)}`,
    role: 'img',
    'font-family': 'system-ui, sans-serif',
  };
  return `${rendered(part('svg', root, content))}\n`;
}

/** Lines that a caption has at most. */
const LINES = 8;

/** Text in lines of so many columns, broken at spaces where there are any. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = text.slice(0, (LINES + 1) * columns);
  while (rest !== '' && lines.length < LINES) {
    const space = rest.length > columns ? rest.lastIndexOf(' ', columns) : rest.length;
    const end = space > columns / 2 ? space : Math.min(columns, rest.length);
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  const last = lines.at(-1);
  return rest === '' || last === undefined ? lines : [...lines.slice(0, -1), `${last.slice(0, -1)}…`];
}
