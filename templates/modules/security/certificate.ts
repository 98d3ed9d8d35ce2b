import type { Condition, Handle, IntrinsicFunction, Name, Parameters, TemplateBuilder } from '../../../src/cfn';
import { Certificate } from '../../../src/cfn/generated/certificatemanager';

/** A public certificate, validated by DNS. */
export interface CertificateSettings {
  readonly name: Name;
  readonly domainName: IntrinsicFunction;
  readonly alternativeNames?: readonly IntrinsicFunction[];
  /** Zone that answers for all of the names; ACM writes its validation records there and renews by them. */
  readonly hostedZoneId: IntrinsicFunction;
  /** @default everywhere */
  readonly when?: Condition;
}

/**
 * A certificate of AWS Certificate Manager that renews itself. The zone must be delegated before: validation waits for it.
 * @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
 */
export function certificate(t: TemplateBuilder<Parameters, unknown>, id: string, settings: CertificateSettings): Handle<'AWS::CertificateManager::Certificate', string> {
  const { name, domainName, alternativeNames = [], hostedZoneId, when } = settings;
  return t.add(
    id,
    new Certificate({
      DomainName: domainName,
      SubjectAlternativeNames: alternativeNames,
      ValidationMethod: 'DNS',
      DomainValidationOptions: [domainName, ...alternativeNames].map((domain) => ({ DomainName: domain, HostedZoneId: hostedZoneId })),
      CertificateTransparencyLoggingPreference: 'ENABLED',
      Tags: [{ Key: 'Name', Value: name }],
    }),
    { when },
  );
}
