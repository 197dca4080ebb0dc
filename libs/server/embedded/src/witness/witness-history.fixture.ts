import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog, NewEvent } from '@tributary/event-log';
import { Fault, systemClock } from '@tributary/kernel';
import type { Witnessed } from './witness-file.ts';
import { openWitness } from './witness.ts';
import type { Witness } from './witness.ts';

/** No look between those that a test asks for. */
const NEVER = 2 ** 31 - 1;

/** What tells the event at a position from every other one. */
const keyOf = ({ recordTime }: Pick<Witnessed, 'recordTime'>): string => recordTime;

/** A directory that is not open, and the events that it has. */
type Copy = { readonly path: string; readonly events: readonly string[] };

/** One log in a directory that may be exchanged for copies of it, with a witness outside. */
export class WitnessedHistory {
  readonly root = mkdtempSync(join(tmpdir(), 'tributary-witness-'));
  readonly file = join(this.root, 'witness.json');
  readonly directory = join(this.root, 'data');
  readonly copies: Copy[] = [];
  #open: { readonly log: LocalLog; witness: Witness } | undefined;
  #events: string[] = [];
  #named = 0;

  /** The code of the refusal; undefined where it starts. */
  async start(): Promise<string | undefined> {
    mkdirSync(this.directory, { recursive: true });
    const log = await openLmdbLog({ directory: join(this.directory, 'log') });
    try {
      this.#open = { log, witness: await this.#witness(log) };
      return undefined;
    } catch (error) {
      await log.close();
      if (error instanceof Fault) return error.code;
      throw error;
    }
  }

  #witness(log: LocalLog): Promise<Witness> {
    const { directory } = this;
    return openWitness(this.file, {
      directory,
      log,
      clock: systemClock,
      report: () => undefined,
      interval: NEVER,
    });
  }

  /** Events have the same id and bytes in each copy that goes on from one position: only their times differ. */
  async append(count: number): Promise<void> {
    const first = this.#events.length + 1;
    const events = Array.from({ length: count }, (_value, index) => anEvent(`event-${first + index}`));
    const appended = await this.#opened.log.append(events, { atomic: true });
    if (!appended.ok) throw new Error('conflict');
    for (const receipt of appended.receipts) {
      if (!('recordTime' in receipt)) throw new Error('conflict');
      this.#events.push(keyOf(receipt));
    }
  }

  /** The witness looks, as it does every two seconds. */
  async look(): Promise<void> {
    await this.#opened.witness.close();
    this.#opened.witness = await this.#witness(this.#opened.log);
  }

  /** Ends as after SIGTERM, or as after SIGKILL: what the witness has not seen by then it does not see. */
  async end({ isClean }: { readonly isClean: boolean }): Promise<void> {
    if (isClean) await this.#opened.witness.close();
    await this.#opened.log.close();
    this.#open = undefined;
  }

  copy(): void {
    const path = this.#newPath();
    cpSync(join(this.directory, 'log/data.mdb'), join(path, 'log/data.mdb'), { recursive: true });
    this.copies.push({ path, events: [...this.#events] });
  }

  /** Exchanges the directory, which is not open, for one of the copies. Returns it as a further copy. */
  put({ path, events }: Copy): Copy {
    const former = { path: this.#newPath(), events: this.#events };
    renameSync(this.directory, former.path);
    cpSync(path, this.directory, { recursive: true });
    this.#events = [...events];
    this.copies.push(former);
    return former;
  }

  /** As an operator goes on from what is there. */
  takeWitnessAway(): void {
    rmSync(this.file, { force: true });
  }

  /** What a start has to be told, by the witness and by what was appended to the copy that is in place. */
  expected(): string | undefined {
    const witnessed = this.witnessed();
    if (!witnessed) return undefined;
    const position = Number(witnessed.position);
    if (position > this.#events.length) return 'older_copy';
    return this.#events[position - 1] === keyOf(witnessed) ? undefined : 'other_copy';
  }

  /** Whether the witness has the last event that was acknowledged. */
  isWitnessed(): boolean {
    const [last, witnessed] = [this.#events.at(-1), this.witnessed()];
    if (last === undefined) return true;
    return witnessed?.position === String(this.#events.length) && keyOf(witnessed) === last;
  }

  witnessed(): Witnessed | undefined {
    return existsSync(this.file) ? JSON.parse(readFileSync(this.file, 'utf8')) : undefined;
  }

  warnings(): string[] {
    return this.#opened.witness.warnings().map(({ code }) => code);
  }

  async remove(): Promise<void> {
    if (this.#open) await this.end({ isClean: true });
    rmSync(this.root, { recursive: true });
  }

  get #opened() {
    if (!this.#open) throw new Error('the log is not open');
    return this.#open;
  }

  #newPath(): string {
    return join(this.root, `copy-${(this.#named += 1)}`);
  }
}

export const anEvent = (id: string): NewEvent => ({
  source: 'urn:test',
  id,
  type: 'a.b.c',
  stream: 'stream',
  bytes: Buffer.from(JSON.stringify({ id })),
});
