import { expect, it } from 'vitest';
import { readDeployed, statementsOf } from './statements.fixture.ts';

const xml = readDeployed('clickhouse/users.d/tributary.xml');
const sql = statementsOf(readDeployed('clickhouse/access/service-users.sql'));

/** The settings of a profile with their constraints, from the server's configuration file. */
function fromXml(profile: string): Record<string, string> {
  const body = new RegExp(`<${profile}>([\\s\\S]*?)</${profile}>`).exec(xml)?.[1] ?? '';
  const [settings = '', bounds = ''] = body.replaceAll(/<!--[\s\S]*?-->/g, '').split('<constraints>');
  const values = [...settings.matchAll(/<(\w+)>([\w.]+)<\/\1>/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return Object.fromEntries(
    values.map(([name, value]) => {
      const bound = new RegExp(`<${name}>(.*)</${name}>`).exec(bounds)?.[1] ?? '';
      const [, low] = /<min>([\d.]+)/.exec(bound) ?? [];
      const [, high] = /<max>([\d.]+)/.exec(bound) ?? [];
      const range = low === undefined ? '' : ` MIN ${low} MAX ${high}`;
      return [name, `${value}${bound.includes('<const/>') ? ' CONST' : range}`];
    }),
  );
}

function fromSql(profile: string): Record<string, string> {
  const statement =
    sql.find((text) => text.startsWith(`CREATE SETTINGS PROFILE IF NOT EXISTS ${profile} `)) ?? '';
  const settings = [...statement.matchAll(/^\s*(\w+) = ([^,\n]+?),?$/gm)];
  return Object.fromEntries(settings.map(([, name = '', value = '']) => [name, value.replaceAll("'", '')]));
}

it.each(['tributary_writer', 'tributary_reader'])(
  'gives %s equal settings in the file and in the statements',
  (profile) => {
    expect(Object.keys(fromXml(profile)).length).toBeGreaterThan(5);
    expect(fromSql(profile)).toEqual(fromXml(profile));
  },
);

it('has equal grants in the file and in the statements', () => {
  const inXml = [...xml.matchAll(/<query>(GRANT .+)<\/query>/g)].map(([, grant]) => grant);
  const inSql = sql.filter((text) => text.startsWith('GRANT')).map((text) => text.replace(/ TO \w+$/, ''));
  expect(inSql).toEqual(inXml);
});

it('contains no working password', () => {
  for (const name of ['service-users', 'analysts', 'runs-of-a-team'])
    expect(readDeployed(`clickhouse/access/${name}.sql`)).not.toMatch(/BY '(?!0{64}')/);
  expect(xml).not.toMatch(/<password>/);
});
