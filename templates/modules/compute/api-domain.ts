import type { Handle, IntrinsicFunction, Parameters, TemplateBuilder } from '../../../src/cfn';
import { BasePathMapping, DomainName } from '../../../src/cfn/generated/apigateway';
import type { ApiStageHandle } from './api-stage';
import type { RestApiHandle } from './rest-api';

/** A name of ours for an API. */
export interface ApiDomainSettings {
  readonly domainName: IntrinsicFunction;
  /** A certificate of this region that covers it. */
  readonly certificateArn: IntrinsicFunction;
  readonly api: RestApiHandle;
  readonly stage: ApiStageHandle;
}

export type ApiDomainHandle = Handle<'AWS::ApiGateway::DomainName', 'RegionalDomainName' | 'RegionalHostedZoneId' | 'DistributionDomainName' | 'DistributionHostedZoneId' | 'DomainNameArn'>;

/**
 * A regional custom domain, over TLS 1.2 and newer, whose root is the API's stage. Two regions may have one of the same name: DNS says
 * which of them is asked.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/dns-failover.html
 */
export function apiDomain(t: TemplateBuilder<Parameters, unknown>, id: string, { domainName, certificateArn, api, stage }: ApiDomainSettings): ApiDomainHandle {
  const domain = t.add(
    id,
    new DomainName({ DomainName: domainName, RegionalCertificateArn: certificateArn, EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: 'TLS_1_2' }),
  );
  t.add(`${id}Mapping`, new BasePathMapping({ DomainName: domain.ref(), RestApiId: api.ref(), Stage: stage.ref() }));
  return domain;
}
