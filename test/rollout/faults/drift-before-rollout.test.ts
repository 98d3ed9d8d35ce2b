import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'chai';
import { MeridianError } from '../../../src/errors';
import { Rehearsal } from '../support/rehearsal';
import { primary } from '../support/shop';

describe('fault 10: something that was changed by hand', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  const note = '/shop/main/note';
  const value = async () => (await rehearsal.target.in(primary).ssm.send(new GetParameterCommand({ Name: note }))).Parameter?.Value;

  beforeEach(async () => {
    await rehearsal.rollFresh();
    await rehearsal.target.in(primary).ssm.send(new PutParameterCommand({ Name: note, Value: 'by hand', Type: 'String', Overwrite: true }));
    await rehearsal.build({ visibility: 60 });
    await rehearsal.control.resetCalls();
  });

  it('blocks a rollout that asks for that, which names it and what to do', async () => {
    const refusal = await rehearsal.rollout({ drift: 'block' }).then(() => undefined, (error: unknown) => error);
    expect(refusal).to.be.instanceOf(MeridianError);
    expect((refusal as MeridianError).exitCode).to.equal(1);
    expect((refusal as MeridianError).message).to.match(/^Rollout of shop test refused: 1 resource was changed outside CloudFormation\.\n {2}app\/Work\/Note \(AWS::SSM::Parameter\) in us-east-1: Value\nNothing was changed\. Read "meridian drift shop test"/);
    expect(await rehearsal.mutations()).to.deep.equal([]);
  });

  it('is told by one that only warns, and stays where no template changes', async () => {
    expect((await rehearsal.rollout({ drift: 'warn' })).exitCode).to.equal(0);
    const { message } = await rehearsal.event('note', ({ node }) => node?.deployment === 'app');
    expect(message).to.equal('Changed outside CloudFormation: app/Work/Note (AWS::SSM::Parameter) in us-east-1: Value');
    expect(await value()).to.equal('by hand');
  });

  it('is not looked for by one that asks for nothing', async () => {
    expect((await rehearsal.rollout()).exitCode).to.equal(0);
    expect((await rehearsal.control.calls()).map(({ action }) => action)).not.to.include('DetectStackDrift');
  });
});
