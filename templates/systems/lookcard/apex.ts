import { Fn, type IntrinsicFunction, type Parameters, type TemplateBuilder } from '../../../src/cfn';
import { Parameter } from '../../../src/cfn/generated/ssm';
import { apexAlias } from '../../modules/dns/apex-alias';
import { defineTemplate } from './environments';
import { environmentDomain } from './names';

const hasNone = (parameter: string): IntrinsicFunction => Fn.Equals(Fn.Ref(parameter), '');

type Builder = TemplateBuilder<Parameters, unknown>;

/** Holds where the distribution serves the domain itself: in a template with the parameter `ApexCertificateArn`. */
export const servesApex = (t: Builder) => t.condition('ServesApex', Fn.Not(hasNone('ApexCertificateArn')));

/** Holds where it serves the environment's sub-domain alone. */
export const servesSubDomain = (t: Builder) => t.condition('ServesSubDomain', hasNone('ApexCertificateArn'));

/**
 * The domain itself, without an environment before it, as an alias of the environment's distribution: in the DNS account, where its
 * zone is. It is there while the distribution has a certificate of it; a parameter of the Parameter Store says either way who answers.
 */
export const apex = defineTemplate(
  'apex',
  {
    description: 'LookCard record of the domain itself in the zone of the DNS account',
    parameters: {
      DomainName: { Type: 'String' },
      ApexCertificateArn: { Type: 'String' },
      ParentHostedZoneId: { Type: 'AWS::Route53::HostedZone::Id' },
      DistributionDomainName: { Type: 'String' },
    },
  },
  (t) => {
    const when = servesApex(t);
    apexAlias(t, 'Domain', { hostedZoneId: t.param('ParentHostedZoneId'), name: t.param('DomainName'), distributionDomainName: t.param('DistributionDomainName'), when });
    t.add(
      'Answers',
      new Parameter({
        Name: t.resourceName('apex'),
        Type: 'String',
        Description: 'Whose distribution answers the domain itself',
        Value: when.choose(environmentDomain(t), 'nobody'),
      }),
    );
    return {};
  },
);
