import { withAdmin, type Access } from './client/cluster.ts';
import { describedSettings, DURABILITY, type Described } from './topic-settings.ts';

/** What makes a confirmed record be on two disks, and stay there. */
const DURABLE = { 'min.insync.replicas': '2', 'unclean.leader.election.enable': 'false' };

/** As `Topic.fragility`, at present. */
export async function fragilityNow(access: Access, topic: string): Promise<string | undefined> {
  const weak = await withAdmin(access, async (admin) => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    const replicas = partitions.reduce((least, one) => Math.min(least, one.replicas.length), Infinity);
    return weakSettings(await describedSettings(admin, topic), replicas);
  });
  return weak.length === 0 ? undefined : `${weak.join(', ')}; set: ${howToSet(access.brokers[0], topic)}`;
}

const howToSet = (broker: string | undefined, topic: string): string =>
  `\`kafka-configs.sh --bootstrap-server ${broker} --alter --entity-type topics --entity-name ${topic} ` +
  `--add-config ${Object.entries(DURABLE)
    .map((setting) => setting.join('='))
    .join(',')}\``;

/**
 * Which settings make little of several replicas: one of them alone may confirm a record, or one that lacks confirmed records
 * may become the leader. Who makes a topic with one replica knows that it is on one disk.
 */
export function weakSettings(settings: Described, replicas: number): string[] {
  if (settings === undefined || replicas < 2) return [];
  const [least, unclean] = DURABILITY.map((name) => settings.get(name));
  return [
    ...(Number(least) < 2 ? [`min.insync.replicas=${least}`] : []),
    ...(unclean === 'true' ? [`unclean.leader.election.enable=${unclean}`] : []),
  ];
}
