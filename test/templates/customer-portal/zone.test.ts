import { expect } from 'chai';
import { zone } from '../../../templates/systems/customer-portal/zone';
import { requirement } from '../../requirements/requirement';
import { plain } from '../plain';
import { environmentNames, ofType, resolved, resourceOf, instanceOf } from './built';

const DomainName = 'customers.example.com';

describe('Customer portal zone', () => {
  for (const environment of environmentNames) {
    requirement('CUS-63', `is one public zone of the domain in ${environment}, whose records can be changed again within an hour of losing us-east-1`, () => {
      const zones = ofType(resolved(zone, 'us-east-1', environment, { DomainName }), 'AWS::Route53::HostedZone');
      expect(Object.keys(zones)).to.deep.equal(['HostedZone']);
      const { Name, HostedZoneFeatures, VPCs } = zones['HostedZone'];
      expect(plain({ Name, HostedZoneFeatures, VPCs })).to.deep.equal({ Name: DomainName, HostedZoneFeatures: { EnableAcceleratedRecovery: true }, VPCs: undefined });
    });

    requirement('CUS-67', `goes with its stack in ${environment}, emptied before, because CloudFormation leaves certificate validation records behind`, () => {
      const instance = instanceOf(zone, environment, 'us-east-1', { DomainName });
      expect([resourceOf(instance, 'HostedZone').deletionPolicy, resourceOf(instance, 'HostedZone').updateReplacePolicy]).to.deep.equal(['Delete', 'Delete']);
      expect(plain(resourceOf(instance, 'HostedZoneEmptied').properties)).to.deep.equal({ ServiceToken: 'Empty.Arn', ServiceTimeout: 960, HostedZoneId: 'HostedZone' });
    });
  }

  requirement('CUS-70', 'lets the emptying function change records of this zone and write its own log, and nothing else', () => {
    const { Policies, AssumeRolePolicyDocument } = ofType(resolved(zone, 'us-east-1', 'production', { DomainName }), 'AWS::IAM::Role')['EmptyRole'];
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

  it('gives the zone’s id and the name servers to delegate to', () => {
    const { outputs } = resolved(zone, 'us-east-1', 'production', { DomainName });
    expect(plain([outputs.get('HostedZoneId')?.value, outputs.get('NameServers')?.value])).to.deep.equal(['HostedZone', { 'Fn::Join': [',', 'HostedZone.NameServers'] }]);
  });
});
