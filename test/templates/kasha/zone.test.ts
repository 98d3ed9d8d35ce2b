import { expect } from 'chai';
import { explain } from '../../../src/resolve';
import { kasha } from '../../../templates/systems/kasha';
import { zone } from '../../../templates/systems/kasha/zone';
import { emitted, ofType, resolved } from './built';

const stack = resolved(zone, 'us-east-1', 'production', { DomainName: 'kasha.example.com' });

describe('Kasha zone', () => {
  it('is a public zone of the domain, whose records can be changed again within an hour of losing us-east-1', () => {
    const hostedZone = ofType(stack, 'AWS::Route53::HostedZone')['HostedZone'];
    expect(hostedZone).to.deep.include({ Name: 'kasha.example.com', HostedZoneFeatures: { EnableAcceleratedRecovery: true } });
    expect(hostedZone).not.to.have.property('VPCs');
  });

  it('gives the zone’s id and the name servers to delegate to', () => {
    for (const output of ['HostedZoneId', 'NameServers']) expect(explain(stack.outputs.get(output)?.value ?? null), output).to.contain('AWS::Route53::HostedZone HostedZone');
  });

  it('goes with its stack, emptied before, because CloudFormation leaves certificate validation records behind', () => {
    expect(stack.resources.get('HostedZone')?.deletionPolicy).to.equal('Delete');
    expect(explain(ofType(stack, 'Custom::EmptyZone')['HostedZoneEmptied'].HostedZoneId)).to.contain('HostedZone');
  });

  it('lets the emptying function change records of this zone and write its own log, and nothing else', () => {
    const role = emitted(zone).Resources?.['EmptyRole']?.Properties as unknown as { Policies: [{ PolicyDocument: { Statement: { Action: string[]; Resource: unknown[] }[] } }] };
    const [log, stacks, records] = role.Policies[0].PolicyDocument.Statement;
    expect(log?.Resource).to.deep.equal([{ 'Fn::GetAtt': ['EmptyLog', 'Arn'] }]);
    expect(stacks).to.deep.include({ Action: ['cloudformation:DescribeStacks'], Resource: [{ Ref: 'AWS::StackId' }] });
    expect(records).to.deep.include({
      Action: ['route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:ChangeResourceRecordSets'],
      Resource: [{ 'Fn::Sub': ['arn:${AWS::Partition}:route53:::hostedzone/${Id}', { Id: { Ref: 'HostedZone' } }] }],
    });
    expect(role.Policies[0].PolicyDocument.Statement).to.have.length(3);
  });

  it('is rolled once, before everything else, and not at all where the parameters name a zone', () => {
    const [first] = kasha.build('production').deployments;
    expect(first).to.include({ name: 'zone', gate: 'delegation', unless: 'HostedZoneId' });
    expect(first?.regions.create).to.deep.equal(['us-east-1']);
  });
});
