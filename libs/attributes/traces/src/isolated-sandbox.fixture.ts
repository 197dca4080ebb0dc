import { openSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

/** A sandbox with namespaces; where the system gives none, or has no Python, one that runs nothing. */
export async function isolatedSandbox(home?: string): Promise<Sandbox & { readonly isMissing: boolean }> {
  const opened = await openSandbox({ python: 'python3', path: process.env['PATH'], home, isIsolated: true });
  if (opened.ok) return { ...opened.sandbox, isMissing: false };
  const run = () => Promise.reject(new Error(opened.text));
  return { python: '', isolation: [], run, close: async () => undefined, isMissing: true };
}

export const NEEDS = '(needs Linux, python3 and the right to make namespaces)';
