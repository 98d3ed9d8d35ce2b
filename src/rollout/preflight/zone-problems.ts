import { GetHostedZoneCommand, NoSuchHostedZone } from '@aws-sdk/client-route-53';
import type { RolloutPart } from '../nodes';
import type { Target } from '../target';

/** What is wrong with a hosted zone that a parameters file names, one sentence each. */
export async function zoneProblems(target: Target, { build, parameters: { values, file } }: RolloutPart): Promise<string[]> {
  const [zoneId, domain] = [values['HostedZoneId'], values['DomainName']];
  const takesZone = build.manifest.deployments.some(({ unless }) => unless === 'HostedZoneId');
  if (!takesZone || typeof zoneId !== 'string') return [];
  try {
    const { HostedZone } = await target.route53.send(new GetHostedZoneCommand({ Id: zoneId }));
    const name = HostedZone?.Name?.replace(/\.$/, '') ?? '';
    if (HostedZone?.Config?.PrivateZone) return [`Hosted zone ${zoneId} of ${file} is private: nobody outside its VPCs resolves it. Give a public zone, or none to have one made.`];
    const holds = typeof domain !== 'string' || domain === name || domain.endsWith(`.${name}`);
    return holds ? [] : [`Hosted zone ${zoneId} of ${file} is ${name}, which does not hold ${domain}. Give the zone of that domain, or another DomainName.`];
  } catch (error) {
    if (!(error instanceof NoSuchHostedZone)) throw error;
    return [`Hosted zone ${zoneId} of ${file} unknown: account ${target.account} has no such zone. Give the id of one that it has, or none to have one made.`];
  }
}
