import { CLEAR_LINE } from '@tributary/kernel';

/** What a command may use of its process. */
export type CliContext = {
  /** Writes results. */
  readonly print: (text: string) => void;
  /** Resolves when whoever reads the results has room for more. */
  readonly drained?: () => Promise<void>;
  /** Writes progress, hints and errors. */
  readonly report: (text: string) => void;
  /** Whether a person watches: only then a line of progress replaces the one before. */
  readonly interactive: boolean;
  /** The data directory where --data is not given. */
  readonly directory: string;
  /** Environment variables: settings of the server that a command starts. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onSignal: (listener: () => void) => void;
  readonly exitNow: (code: number) => void;
};

/** Options that every command has. */
export type CommonOptions = {
  readonly json?: true;
  readonly quiet?: true;
  readonly data: string;
  readonly url?: string;
  readonly environment: CliContext['environment'];
  /** Writes what a person should know beside the answer. */
  readonly report?: CliContext['report'];
};

export type Progress = {
  /** Replaces the last step where a person watches; otherwise steps are not shown. */
  readonly step: (text: string) => void;
  /** Writes a line that stays. */
  readonly note: (text: string) => void;
};

export function progressOn(context: CliContext, options: Pick<CommonOptions, 'quiet'>): Progress {
  const state = { open: false };
  const clear = () => {
    if (state.open) context.report(CLEAR_LINE);
    state.open = false;
  };
  return {
    step: (text) => {
      if (options.quiet || !context.interactive) return;
      clear();
      context.report(text);
      state.open = true;
    },
    note: (text) => {
      clear();
      if (!options.quiet) context.report(`${text}\n`);
    },
  };
}
