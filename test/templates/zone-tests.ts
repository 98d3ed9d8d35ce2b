import { expect } from 'chai';
import type { ResolvedInstance, ResolvedStack } from '../../src/resolve';
import { requirement } from '../requirements/requirement';
import { ofType, resourceOf } from './built-system';
import { plain } from './plain';

type EnvironmentName = 'production' | 'staging' | 'develop';

/** A system with a public zone in each environment, as its owner's list names the facts. */
export interface ZonedSystem {
  readonly domain: string;
  readonly environmentNames: readonly EnvironmentName[];
  /** The zone template as it stands in the primary region, with the domain. */
  readonly stackOf: (environment: EnvironmentName) => ResolvedStack;
  /** The same as an instance. */
  readonly instanceOf: (environment: EnvironmentName) => ResolvedInstance;
  /** Ids of the facts that each test proves, several between blanks; `rights` where the list has one of what the emptying function may do. */
  readonly ids: Readonly<Record<'zone' | 'emptied', string>> & { readonly rights?: string };
}

/** Tests of a system's zone in all its environments. */
export function zoneTests({ domain, environmentNames, stackOf, instanceOf, ids }: ZonedSystem): void {
  for (const environment of environmentNames) {
    requirement(ids.zone, `is one public zone of the domain in ${environment}, whose records can be changed again within an hour of losing us-east-1`, () => isPublicZone(stackOf(environment), domain));

    requirement(ids.emptied, `goes with its stack in ${environment}, emptied before, because CloudFormation leaves certificate validation records behind`, () => goesEmptied(instanceOf(environment)));
  }

  if (ids.rights !== undefined) {
    requirement(ids.rights, 'lets the emptying function change records of this zone and write its own log, and nothing else', () => {
      const { Policies, AssumeRolePolicyDocument } = ofType(stackOf('production'), 'AWS::IAM::Role')['EmptyRole'];
      expect(plain([Policies, AssumeRolePolicyDocument.Statement])).to.deep.equal([
        [
          {
            PolicyName: 'own',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['EmptyLog.Arn'] },
                { Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: ['AWS::StackId'] },
                {
                  Effect: 'Allow',
                  Action: ['route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:ChangeResourceRecordSets'],
                  Resource: [{ 'Fn::Join': ['', ['arn:aws:route53:::hostedzone/', 'HostedZone']] }],
                },
              ],
            },
          },
        ],
        [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['sts:AssumeRole'] }],
      ]);
    });
  }

  it('gives the zone’s id and the name servers to delegate to', () => givesNameServers(stackOf('production')));
}

/** Asserts that a stack has one zone, a public one of a domain, whose records can be changed again within an hour of losing us-east-1. */
export function isPublicZone(stack: ResolvedStack, domain: string): void {
  const zones = ofType(stack, 'AWS::Route53::HostedZone');
  expect(Object.keys(zones)).to.deep.equal(['HostedZone']);
  const { Name, HostedZoneFeatures, VPCs } = zones['HostedZone'];
  expect(plain({ Name, HostedZoneFeatures, VPCs })).to.deep.equal({ Name: domain, HostedZoneFeatures: { EnableAcceleratedRecovery: true }, VPCs: undefined });
}

/** Asserts that a zone goes with its stack, and is emptied before. */
export function goesEmptied(instance: ResolvedInstance): void {
  expect([resourceOf(instance, 'HostedZone').deletionPolicy, resourceOf(instance, 'HostedZone').updateReplacePolicy]).to.deep.equal(['Delete', 'Delete']);
  expect(plain(resourceOf(instance, 'HostedZoneEmptied').properties)).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, HostedZoneId: 'HostedZone' });
}

/** Asserts that a stack gives its zone's id and name servers. */
export function givesNameServers({ outputs }: ResolvedStack): void {
  expect(plain([outputs.get('HostedZoneId')?.value, outputs.get('NameServers')?.value])).to.deep.equal(['HostedZone', { 'Fn::Join': [',', 'HostedZone.NameServers'] }]);
}
