import type { ParameterDefinition } from '../../src/cfn';

/**
 * The domain of a system.
 * @param example one such domain, for the person who fills it in
 */
export const domainName = <const Example extends string>(example: Example) =>
  ({
    Type: 'String',
    Description: `Domain that users see, for example ${example}; the hosted zone has this name`,
    AllowedPattern: '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$',
    ConstraintDescription: `a lower-case domain name such as ${example}`,
  }) as const satisfies ParameterDefinition;

/** Who hears of alarms. */
export const alarmEmail = {
  Type: 'String',
  Description: 'Address that receives alarms; it must confirm the subscription once in each region',
  AllowedPattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
  ConstraintDescription: 'an e-mail address',
} as const satisfies ParameterDefinition;

/**
 * A container image, pinned by its digest: no tag can change what runs.
 * @param what what is in it, as its description begins, for example `Frontend`
 */
export const imageByDigest = <const What extends string>(what: What) =>
  ({
    Type: 'String',
    Description: `${what} container image by digest: <registry>/<repository>@sha256:<digest>`,
    AllowedPattern: '^[^:@\\s]+(:[0-9]+)?(/[^:@\\s]+)*@sha256:[0-9a-f]{64}$',
    ConstraintDescription: 'an image pinned by its sha256 digest',
  }) as const satisfies ParameterDefinition;
