import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL_ACCOUNT, LocalAwsControl } from '../../src/local-aws';
import { att, HOME, Rehearsal, ref, type Template } from './rehearsal';

const ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
const FUNCTION = {
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: 'told', Role: att('Role', 'Arn'), Runtime: 'nodejs22.x', Handler: 'index.handler', Code: { ZipFile: 'exports.handler = async ({ detail }) => console.log(`told of ${detail.eventName}`);' } },
};
const rule = (name: string) => ({ Type: 'AWS::Events::Rule', Properties: { Name: name, EventPattern: { source: ['aws.ecs'], detail: { eventName: [name] } }, Targets: [{ Id: 'told', Arn: att('Function', 'Arn') }] } });

describe('events of AWS services', () => {
  let aws: Rehearsal;
  let control: LocalAwsControl;
  before(async () => {
    aws = await Rehearsal.open();
    control = new LocalAwsControl(aws.local.endpoint);
  });
  after(() => aws.close());

  const publish = (eventName: string) => control.publish({ account: LOCAL_ACCOUNT, region: HOME, source: 'aws.ecs', detailType: 'ECS Service Action', detail: { eventName } });

  it('reach the functions whose policy lets their rule in, and no others', async () => {
    const template: Template = {
      Resources: {
        Role: ROLE, Function: FUNCTION, Let: rule('let-in'), Kept: rule('kept-out'),
        Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: ref('Function'), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: att('Let', 'Arn') } },
      },
    };
    expect((await aws.create(template)).reasons).to.equal('');
    await publish('kept-out');
    await publish('other');
    await publish('let-in');
    const log = () => aws.json('logs', 'Logs_20140328.FilterLogEvents', { logGroupName: '/aws/lambda/told' });
    for (let tries = 0; tries < 200 && !(await log()).includes('told of let-in'); tries += 1) await sleep(20);
    expect(await log()).to.contain('told of let-in').and.not.contain('kept-out').and.not.contain('other');
  });

  it('cannot be sent by anybody else', async () => {
    const entry = { Source: 'aws.ecs', DetailType: 'ECS Service Action', Detail: '{}' };
    expect(await aws.json('events', 'AWSEvents.PutEvents', { Entries: [entry] })).to.contain('NotAuthorizedForSourceException');
  });

  it('must say whose they are', async () => {
    const answer = await fetch(`${aws.local.endpoint}/_meridian/events`, { method: 'POST', body: JSON.stringify({ region: HOME, detail: [] }) });
    expect(answer.status).to.equal(400);
    expect(await answer.text()).to.contain('Event without account, source, detailType, detail');
  });
});
