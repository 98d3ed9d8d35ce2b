import { Token, templatesOf } from '../../../src/cfn';
import { emptied } from '../security/emptied';
import { publicZone } from './public-zone';

const defineTemplate = templatesOf<unknown>();

/**
 * The template of a system's public hosted zone, for when its parameters name no existing one.
 * @param title              what the system is called in the console, for example `Kasha`
 * @param logRetentionInDays days that the log of the records it deleted stays. @default as `lambdaFunction` has it
 * @param name               of the template, and in the name of the function that empties the zone, for a system that has two. @default zone
 */
export const zoneTemplate = (title: string, logRetentionInDays?: number, name = 'zone') =>
  defineTemplate(name, { description: `${title} public hosted zone, emptied before it is deleted`, parameters: { DomainName: { Type: 'String' } } }, (t) => {
    const hostedZone = publicZone(t, 'HostedZone', t.param('DomainName'));
    emptied(t, { name: `empty-${name}`, logRetentionInDays, zones: { HostedZone: hostedZone } });
    return { HostedZoneId: hostedZone.ref(), NameServers: new Token('Fn::Join', [',', hostedZone.att('NameServers')], 'CommaDelimitedList') };
  });
