import { Fault } from '@tributary/kernel';
import { isExposed } from '../address.ts';
import type { Address } from '../address.ts';
import { anyOf, keyAuthenticator } from './authenticator.ts';
import type { Authenticator } from './authenticator.ts';
import { watchKeys } from './watched-keys.ts';

/** Whom a server answers. */
export type AccessSettings = {
  /** `none`: everybody; `keys`: who has an API key. Where absent, `none` on loopback and `keys` beyond it. */
  readonly auth?: 'none' | 'keys' | undefined;
  /** The file of the keys. */
  readonly keysFile?: string | undefined;
};

type Options = AccessSettings & {
  readonly address: Address;
  /** Knows the owner of the data, who needs no key. */
  readonly owner?: Authenticator | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Is told when the keys cannot be read any more, and when there are none. */
  readonly report: (text: string) => void;
};

/**
 * Says who calls, or undefined where everybody may. Throws Fault `keys_missing` where other machines could reach a server
 * without keys and nobody said that they may, and `api_keys_unreadable`.
 */
export function openAccess({
  address,
  auth,
  keysFile,
  owner,
  now,
  report,
}: Options): Authenticator | undefined {
  if ((auth ?? (isExposed(address) ? 'keys' : 'none')) === 'none') return undefined;
  if (keysFile === undefined) throw noKeys(address, 'it is given none', 'TRIBUTARY_API_KEYS_FILE');
  const keys = watchKeys(keysFile, now, report);
  if (keys.isEmpty() && auth === undefined) throw noKeys(address, `${keysFile} has none`, keysFile);
  if (keys.isEmpty())
    report(`${keysFile} has no API keys yet; \`tributary keys create\` makes one, and no restart is needed`);
  const byKey = keyAuthenticator(keys, now);
  return owner ? anyOf(owner, byKey) : byKey;
}

const noKeys = ({ host }: Address, why: string, where: string): Fault =>
  new Fault(
    'keys_missing',
    `with the address ${host} callers need API keys, and ${why}: make one (\`tributary keys create --name NAME --scope read,write\`, kept in ${where}), ` +
      'or listen on loopback (HOST=127.0.0.1), or set TRIBUTARY_AUTH=none to let everybody who reaches the server read, write and decide',
  );
