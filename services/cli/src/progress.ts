import type { CommonOptions, CliContext } from './shell.ts';

export type Progress = {
  /** Replaces the last step where somebody watches; otherwise steps are not shown. */
  readonly step: (text: string) => void;
  /** A line that stays. */
  readonly note: (text: string) => void;
};

export function progressOn(shell: CliContext, options: Pick<CommonOptions, 'quiet'>): Progress {
  const state = { open: false };
  const clear = () => {
    if (state.open) shell.report('\r\u001B[K');
    state.open = false;
  };
  return {
    step: (text) => {
      if (options.quiet || !shell.interactive) return;
      clear();
      shell.report(text);
      state.open = true;
    },
    note: (text) => {
      clear();
      if (!options.quiet) shell.report(`${text}\n`);
    },
  };
}
