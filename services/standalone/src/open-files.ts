import { readFileSync } from 'node:fs';

/** Open files below which modules, the log and the tables cannot all be opened: about 100 are open once it has started. */
const LEAST = 256;

/** Why the process cannot start with so few open files as it may have; undefined where it may, or nobody says. */
export function fewFilesText(limits = limitsOfProcess()): string | undefined {
  const most = Number(/^Max open files +(\d+)/m.exec(limits)?.[1] ?? NaN);
  if (!(most < LEAST)) return undefined;
  return `this process may have ${most} open files, and a server needs ${LEAST} at least: raise the limit (ulimit -n, prlimit --nofile, or LimitNOFILE of systemd), then start it again`;
}

/** As Linux says them; empty elsewhere. */
function limitsOfProcess(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8');
  } catch {
    return '';
  }
}
