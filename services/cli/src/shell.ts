/** What a command may touch of the process that it runs in. */
export type CliContext = {
  /** Results. */
  readonly print: (text: string) => void;
  /** Progress, hints and errors. */
  readonly report: (text: string) => void;
  /** Whether somebody watches: only then a line of progress overwrites the one before. */
  readonly interactive: boolean;
  /** Data directory where none is given. */
  readonly directory: string;
  readonly onSignal: (listener: () => void) => void;
  readonly exitNow: (code: number) => void;
};

/** Options that every command has. */
export type CommonOptions = {
  readonly json?: true;
  readonly quiet?: true;
  readonly data: string;
  readonly url?: string;
};
