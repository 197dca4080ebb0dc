import { createHash } from 'node:crypto';
import { madeSchemaOf } from '@tributary/contracts';
import type { FactCatalogue } from '@tributary/contracts';
import { Fault, isCovered, parseEventPosition, partitionOf, rangesOf } from '@tributary/kernel';
import type { EventPosition, LogPosition, Position } from '@tributary/kernel';
import type { Post } from './append.ts';
import { jsonOf } from './server/graphql.ts';
import type { EventReceipt, Posted } from './server/post-events.ts';

const SOURCE = 'urn:tributary:imports';

type Change = 'started' | 'progressed' | 'completed';
type DataOf<Of extends Change> = FactCatalogue[`lineage.import.${Of}`];
type Announced = DataOf<'progressed'>['announced'];

/** What is known of an import before it begins. */
export type NewImport = DataOf<'started'>;

type Report = Pick<DataOf<'completed'>, 'kinds' | 'refused' | 'notLookedAt'> & {
  readonly byType: Readonly<Record<string, number>>;
};

/** Where the log ended before an import, one position for each partition. */
type Before = Readonly<LogPosition>;

/** As many positions as one fact can name. */
const MAX_POSITIONS = 5_000;

/**
 * Records which events belong to an import, so that it can be withdrawn. Each batch begins with a fact that announces the ids
 * of its events and names the events of the batch before it by their positions. Where an import is stopped, the events of its
 * last batch are found by those ids.
 */
export class ImportRecord {
  readonly #post: Post;
  readonly #data: NewImport;
  readonly #before: Before;
  readonly #digest = createHash('sha256');
  #began: Position | undefined;
  #parts = 0;
  #stored: EventPosition[] = [];
  #repeated: EventPosition[] = [];

  /** `before` is where the log ended before the import: what it has up to there does not belong to the import. */
  constructor(post: Post, data: NewImport, before: Before) {
    this.#post = post;
    this.#data = data;
    this.#before = before;
  }

  /** Records the start. Without it the end records all, so that events in a new log have the positions that they had elsewhere. */
  async begin(): Promise<void> {
    const posted = requirePosted(await this.#post([eventText('started', this.#data.importId, this.#data)]));
    this.#began = posted.receipts[0]?.position;
  }

  /** Posts a batch, with the fact about it once the import began. The answer is about the batch alone. */
  async post(lines: readonly string[]): Promise<Posted> {
    const announced = announcedIn(lines);
    if (this.#began === undefined) {
      const plain = await this.#post(lines);
      if (plain.ok) this.#take(plain.receipts, announced);
      return plain;
    }
    const posted = await this.#post([this.#part(announced), ...lines]);
    if (!posted.ok) return { ...posted, errors: posted.errors.flatMap(withoutFact) };
    this.#named();
    const [fact, ...receipts] = posted.receipts;
    this.#take(receipts, announced, fact);
    return { ...posted, ...countsOf(posted), receipts };
  }

  /** Records the end, and what became of the files and records. */
  async complete({ byType, ...report }: Report): Promise<void> {
    if (this.#began === undefined) await this.begin();
    while (this.#stored.length > MAX_POSITIONS || this.#repeated.length > MAX_POSITIONS) {
      requirePosted(await this.#post([this.#part([])]));
      this.#named();
    }
    const data = {
      ...this.#ranges(),
      ...report,
      byType: Object.entries(byType).map(([type, events]) => ({ type, events })),
      digest: this.#digest.digest('hex'),
    };
    requirePosted(await this.#post([this.#text('completed', 'completed', data)]));
  }

  /**
   * What a request adds stands behind its own fact, also where it is sent again. The log may have got an event from somebody
   * else after the import began, and that stays his.
   */
  #take(receipts: readonly EventReceipt[], announced: Announced, fact?: EventReceipt): void {
    const behind = fact ? parseEventPosition(fact.position) : NaN;
    for (const { source, ids } of announced) for (const id of ids) this.#digest.update(`${source}\n${id}\n`);
    for (const receipt of receipts) {
      const position = parseEventPosition(receipt.position);
      /* Positions of different partitions do not say what came first. */
      const isOwn =
        partitionOf(position) === partitionOf(behind)
          ? position > behind
          : !isCovered(position, this.#before);
      (isOwn ? this.#stored : this.#repeated).push(position);
    }
  }

  #part(announced: Announced): string {
    const part = this.#parts + 1;
    return this.#text('progressed', `part/${part}`, { part, ...this.#ranges(), announced });
  }

  /** The next part names what comes after. */
  #named(): void {
    this.#parts += 1;
    this.#stored = this.#stored.slice(MAX_POSITIONS);
    this.#repeated = this.#repeated.slice(MAX_POSITIONS);
  }

  #ranges(): Pick<DataOf<'progressed'>, 'stored' | 'repeated'> {
    return {
      stored: rangesOf(this.#stored.slice(0, MAX_POSITIONS)),
      repeated: rangesOf(this.#repeated.slice(0, MAX_POSITIONS)),
    };
  }

  #text<Of extends Change>(change: Of, name: string, data: Omit<DataOf<Of>, 'importId' | 'began'>): string {
    const { importId } = this.#data;
    return eventText(change, `${importId}/${name}`, { importId, began: this.#began, ...data });
  }
}

function eventText(change: Change, id: string, data: object): string {
  const type = `lineage.import.${change}` as const;
  const envelope = { specversion: '1.0', id, source: SOURCE, type, datacontenttype: 'application/json' };
  return JSON.stringify({ ...envelope, dataschema: madeSchemaOf(type), data });
}

/** The ids of events, by their source. What is no event is refused by the server and left out. */
function announcedIn(lines: readonly string[]): Announced {
  const bySource = new Map<string, string[]>();
  for (const line of lines) {
    const { source, id }: { source?: unknown; id?: unknown } = Object(jsonOf(line));
    if (typeof source !== 'string' || typeof id !== 'string' || !fits(source, 1024) || !fits(id, 256))
      continue;
    const ids = bySource.get(source);
    if (ids) ids.push(id);
    else bySource.set(source, [id]);
  }
  return [...bySource].map(([source, [first = '', ...others]]) => ({ source, ids: [first, ...others] }));
}

const fits = (text: string, length: number): boolean => text.length > 0 && text.length <= length;

type Refused = Extract<Posted, { ok: false }>['errors'][number];

/** The first event of a batch is the fact about it. */
function withoutFact(refused: Refused): Refused[] {
  if (refused.index > 0) return [{ ...refused, index: refused.index - 1 }];
  throw notRecorded(
    `${refused.pointer ?? ''} ${refused.message ?? 'its id is known with other content'}`.trim(),
  );
}

/** The counts of a batch without the fact about it. */
function countsOf({ stored, duplicates, storedByType }: Extract<Posted, { ok: true }>) {
  const { 'lineage.import.progressed': parts = 0, ...others } = storedByType;
  const isNew = parts > 0;
  return {
    stored: stored - (isNew ? 1 : 0),
    duplicates: duplicates - (isNew ? 0 : 1),
    storedByType: { ...others, ...(parts > 1 && { 'lineage.import.progressed': parts - 1 }) },
  };
}

function requirePosted(posted: Posted): Extract<Posted, { ok: true }> {
  if (posted.ok) return posted;
  throw notRecorded(posted.errors.map(({ message }) => message).join(', ') || posted.detail);
}

const notRecorded = (why: string): Fault =>
  new Fault(
    'import_not_recorded',
    `the server refused the record of this import: ${why}. Is it of an earlier version?`,
  );
