import type {
  Assignment,
  Importer,
  ImportRequest,
  KindRule,
  Named,
  RecognisedSource,
} from '@tributary/importers';
import { MAP_KIND } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';

const SEED = /\bseed\s*[:=]?\s*([\w.-]+)/i;

export type RequestOptions = {
  readonly name?: string;
  readonly model?: string;
  readonly run?: string;
  readonly unit?: string;
  readonly assignment?: Assignment;
  readonly randomisation?: string;
};

/** What only the caller can know. A randomisation needs its record, because it could not be checked without. */
export function importRequest({ assignment, randomisation, ...options }: RequestOptions): ImportRequest {
  const named = namesIn(options);
  if (assignment !== 'randomised') {
    if (randomisation === undefined) return { ...named, ...(assignment && { assignment }) };
    throw new Exit(EXIT.usage, '--randomisation goes with --assignment randomised');
  }
  const seed = SEED.exec(randomisation ?? '')?.[1];
  if (randomisation === undefined || seed === undefined) {
    throw new Exit(
      EXIT.usage,
      "--assignment randomised needs the record that makes it checkable: --randomisation 'Dirichlet over 17 domains; seed 42'",
    );
  }
  return { ...named, assignment, randomisation: { method: randomisation, seed } };
}

const LONGEST = { name: 256, model: 256, run: 256, unit: 64 } as const;

function namesIn(options: Pick<RequestOptions, keyof typeof LONGEST>): ImportRequest {
  for (const key of ['name', 'model', 'run', 'unit'] as const) {
    const text = options[key];
    if (text !== undefined && (text.trim() === '' || text.length > LONGEST[key]))
      throw new Exit(EXIT.usage, `--${key} needs a name of 1 to ${LONGEST[key]} characters`);
  }
  const { name, model, run, unit } = options;
  if (name !== undefined && run !== undefined)
    throw new Exit(EXIT.usage, '--name and --run exclude each other: --run is the whole id of the only run');
  return {
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(run !== undefined && { run }),
    ...(unit !== undefined && { unit }),
  };
}

/** Exits where an option would say nothing to a source, so that none is passed over in silence. */
export function refuseUntaken(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
  importers: readonly Importer[],
): void {
  for (const named of ['model', 'run', 'unit'] as const) {
    if (request[named] === undefined) continue;
    const deaf = sources.find(({ importer }) => !importer.takes?.includes(named));
    if (deaf) throw new Exit(EXIT.failed, untakenText(named, deaf, importers), `${named}_not_taken`);
  }
  if (request.run !== undefined) refuseSeveral(sources, request.run);
}

/** A source is one run, except that a map reads each of its files as one. */
function refuseSeveral([first, second]: readonly RecognisedSource[], run: string): void {
  const files = first?.folder.files ?? [];
  const [other] = second?.folder.files ?? (first?.importer.kind === MAP_KIND ? files.slice(1) : []);
  if (other === undefined) return;
  throw new Exit(
    EXIT.failed,
    `--run ${run} names one run, and ${files[0]?.path} and ${other.path} are two: import them one by one, or name them below one name with --name.`,
    'run_of_several',
  );
}

function untakenText(
  named: Named,
  { importer, folder }: RecognisedSource,
  importers: readonly Importer[],
): string {
  const taking = importers.filter(({ takes }) => takes?.includes(named)).map(({ kind }) => kind);
  return `--${named} says nothing to ${importer.kind}, as which ${folder.files[0]?.path} is read: its files name what they are of. It is for ${taking.join(', ')}.`;
}

/** `--as KIND` decides about everything, `--as PATH=KIND` about a file or the files of a folder. */
export function kindRules(given: readonly string[], importers: readonly Importer[]): KindRule[] {
  const kinds = importers.map(({ kind }) => kind);
  return given.map((text) => {
    const at = text.lastIndexOf('=');
    const rule = { path: text.slice(0, Math.max(at, 0)), kind: text.slice(at + 1) };
    if (kinds.includes(rule.kind)) return rule;
    const detail = `There is no importer ${rule.kind}; there are: ${kinds.join(', ')}.`;
    throw new Exit(EXIT.failed, detail, 'kind_unknown');
  });
}
