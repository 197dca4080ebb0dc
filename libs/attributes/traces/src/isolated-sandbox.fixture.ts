import { openSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/** Where systems have their Python. */
const SEARCHED = '/usr/local/bin:/usr/bin:/bin';

/** A sandbox with namespaces; where the system gives none, or has no Python, one that runs nothing. */
export async function isolatedSandbox(home?: string): Promise<Sandbox & { readonly isMissing: boolean }> {
  const opened = await openSandbox({ python: 'python3', path: SEARCHED, home, isIsolated: true });
  if (opened.ok) return { ...opened.sandbox, isMissing: false };
  const run = () => Promise.reject(new Error(opened.text));
  return { python: '', isolation: [], run, close: async () => undefined, isMissing: true };
}

export const NEEDS = '(needs Linux, python3 and the right to make namespaces)';
