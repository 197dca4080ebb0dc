import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { exception } from './exception.ts';
import { headerOf } from './request.ts';

/** Passwords by user. */
export type Users = Readonly<Record<string, string>>;

/**
 * Checks Basic authentication, X-ClickHouse-User and -Key, or `user` and `password` in the URL. The user is `default`
 * without any of them. Throws the server's exception 516.
 */
export function checkCredentials(request: IncomingMessage, users: Users): void {
  const { user, password } = given(request);
  const expected = Object.hasOwn(users, user) ? users[user] : undefined;
  if (expected !== undefined && same(expected, password)) return;
  const reason = 'password is incorrect, or there is no user with such name';
  throw exception(516, 'AUTHENTICATION_FAILED', `${user}: Authentication failed: ${reason}`);
}

function given(request: IncomingMessage): { user: string; password: string } {
  const basic = /^Basic (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (basic !== undefined) {
    const [user = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
    return { user, password: rest.join(':') };
  }
  const search = new URL(request.url ?? '/', 'http://clickhouse').searchParams;
  return {
    user: headerOf(request, 'x-clickhouse-user') ?? search.get('user') ?? 'default',
    password: headerOf(request, 'x-clickhouse-key') ?? search.get('password') ?? '',
  };
}

function same(expected: string, password: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(password)];
  return left.length === right.length && timingSafeEqual(left, right);
}
