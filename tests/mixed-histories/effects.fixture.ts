/** Thrown where the process would be dead. */
class Killed extends Error {
  constructor() {
    super('the process is dead');
  }
}

/** Effects on the log by senders, and all effects of what fills the tables: inserts, statements and cursors. */
export type EffectKind = 'append' | 'tables';

/**
 * What one process does to the world: each effect passes here. The process can be killed before any effect or after it,
 * when its answer is lost; and it can stand still before one. What passes here reaches a real log or engine, so what a
 * killed process leaves is what a process leaves that ends by SIGKILL: nothing that it had in memory.
 */
export class Effects {
  #left = Infinity;
  #counted: EffectKind = 'append';
  #held: Promise<void> | undefined;
  #release: () => void = () => undefined;
  #isDead = false;

  get isDead(): boolean {
    return this.#isDead;
  }

  get isFrozen(): boolean {
    return this.#held !== undefined;
  }

  /** Whether a kill may come. */
  get isArmed(): boolean {
    return this.#left < Infinity;
  }

  /** Kills the process after so many points of time, of which each effect of the kind has two. */
  killAfter(points: number, kind: EffectKind): void {
    this.#left = points;
    this.#counted = kind;
    if (points === 0) this.kill();
  }

  kill(): void {
    this.#isDead = true;
    this.thaw();
  }

  freeze(): void {
    if (this.#held === undefined && !this.#isDead)
      this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  thaw(): void {
    this.#release();
    this.#held = undefined;
  }

  async run<Result>(kind: EffectKind, work: () => Promise<Result>): Promise<Result> {
    this.#pass(kind);
    const result = await work();
    this.#pass(kind);
    return result;
  }

  /** An effect before which a frozen process stands still. */
  async runHeld<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#held;
    return this.run('tables', work);
  }

  #pass(kind: EffectKind): void {
    if (!this.#isDead && kind === this.#counted) this.#left -= 1;
    if (this.#left < 0) this.kill();
    if (this.#isDead) throw new Killed();
  }
}
