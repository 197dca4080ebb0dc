/**
 * The target of a request as routes and guards read it: a path with its query. Clients may state the whole address instead
 * (RFC 9112, section 3.2.2), may encode characters that need it not (RFC 3986, section 2.3), and may send a fragment, which
 * names nothing here. Without this, the router would know the route of such a request, and what looks at its path would not:
 * its body would be read as one of another protocol.
 */
export function requestTarget(target: string): string {
  const local = target.replace(/^https?:\/\/[^/?#]*\/?/i, '/').replace(/#.*$/s, '');
  const end = local.indexOf('?');
  const path = end < 0 ? local : local.slice(0, end);
  return plain(path) + local.slice(path.length);
}

const plain = (path: string): string =>
  path.replaceAll(/%[0-9a-f]{2}/gi, (code) => {
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : code;
  });
