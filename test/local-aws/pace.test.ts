import { expect } from 'chai';
import { cloudFormation, notes, settled, withLocalAws } from './local';

describe('pace of the local AWS', () => {
  const local = withLocalAws();

  async function secondsOfCreation(StackName: string): Promise<number> {
    const client = cloudFormation(local().endpoint);
    const start = performance.now();
    await client.createStack({ StackName, TemplateBody: notes('One') });
    await settled(client, StackName);
    return (performance.now() - start) / 1000;
  }

  it('is instant by default', async () => {
    expect(await secondsOfCreation('instant')).to.be.below(0.3);
  });

  it('takes the time of the resource type, scaled', async () => {
    await local().control.setPace({ scale: 0.01, seconds: { 'AWS::SSM::Parameter': 50 } });
    expect(await secondsOfCreation('scaled')).to.be.within(0.5, 1);
  });

  it('makes one region slower than the others', async () => {
    await local().control.setPace({ scale: 0.01, seconds: { 'AWS::SSM::Parameter': 1 }, regions: { 'us-east-1': 50 } });
    expect(await secondsOfCreation('slow-region')).to.be.within(0.5, 1);
  });

  it('is followed at once when it changes under way', async () => {
    await local().control.setPace({ scale: 1, seconds: { 'AWS::SSM::Parameter': 600 } });
    const creation = secondsOfCreation('hurried');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await local().control.setPace({ scale: 0 });
    expect(await creation).to.be.below(1);
  });

  it('does not keep the local AWS from stopping', async () => {
    await local().control.setPace({ scale: 1, seconds: { 'AWS::SSM::Parameter': 600 } });
    await cloudFormation(local().endpoint).createStack({ StackName: 'endless', TemplateBody: notes('One') });
    const start = performance.now();
    await local().stop();
    expect(performance.now() - start).to.be.below(4000);
  });
});

describe('the pace setting', () => {
  const local = withLocalAws();

  it('is refused when it is negative or unknown', async () => {
    for (const [pace, words] of [[{ scale: -1 }, /from 0/], [{ speed: 1 }, /Unknown setting of the pace speed/]] as const) {
      const error = await local().control.setPace(pace as never).then(() => undefined, (refused: Error) => refused);
      expect(error?.message).to.match(words);
    }
  });
});
