import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateHostedZoneCommand } from '@aws-sdk/client-route-53';
import { expect } from 'chai';
import { build } from '../../../src/build/build';
import { MeridianError } from '../../../src/errors';
import { rollout, type DeployParameters } from '../../../src/rollout';
import { Rehearsal } from '../support/rehearsal';
import { account, primary, secondary } from '../support/shop';
import { outpost } from './outpost';

const file = 'parameters/outpost/test.yaml';

describe('before a stack is made, preflight', () => {
  let rehearsal: Rehearsal;
  before(async () => {
    rehearsal = await Rehearsal.start();
  });
  after(() => rehearsal.stop());
  beforeEach(async () => {
    await rehearsal.control.reset();
    await build({ dist: rehearsal.dist, systems: [account(), outpost()] });
  });

  const roll = (values: DeployParameters['values'] = {}) =>
    rollout({ target: rehearsal.target, dist: rehearsal.dist, state: rehearsal.state, system: 'outpost', environment: 'test', parameters: { file, suffix: 'main', values: { DomainName: 'shop.example', ...values } } });
  const problems = async (values?: DeployParameters['values']): Promise<string> => {
    await rehearsal.control.resetCalls();
    const error = await roll(values).then(() => undefined, (reason: unknown) => reason);
    if (!(error instanceof MeridianError)) throw new Error(`No refusal but ${String(error)}`);
    expect(error.exitCode).to.equal(1);
    expect(await rehearsal.mutations()).to.deep.equal([]);
    return error.message;
  };
  const secrets = async (region: string, work: (client: SecretsManagerClient) => Promise<unknown>): Promise<void> => {
    const client = new SecretsManagerClient(rehearsal.target.clientConfig(region));
    await work(client).finally(() => client.destroy());
  };

  it('finds nothing in an empty account, and looks for none of it once everything stands', async () => {
    expect((await roll()).exitCode).to.equal(0);
    await rehearsal.control.resetCalls();
    expect((await roll()).exitCode).to.equal(0);
    expect((await rehearsal.control.calls()).map(({ action }) => action)).not.to.include('ListTypes');
  });

  it('names a bucket that somebody has, and a secret that waits for its deletion, in one list', async () => {
    await rehearsal.target.in(primary).s3.send(new CreateBucketCommand({ Bucket: `outpost-${rehearsal.target.account}-${primary}` }));
    await secrets(secondary, async (client) => {
      await client.send(new CreateSecretCommand({ Name: 'outpost-key', SecretString: 'of-a-test' }));
      await client.send(new DeleteSecretCommand({ SecretId: 'outpost-key', RecoveryWindowInDays: 7 }));
    });
    const message = await problems();
    expect(message).to.contain(`Bucket outpost-${rehearsal.target.account}-${primary} exists: `);
    expect(message).to.contain(`Secret outpost-key waits for its deletion in ${secondary} `);
    expect(message).to.match(/^Rollout of outpost test refused: 2 problems\.\n/);
  });

  it('names a secret that somebody has', async () => {
    await secrets(primary, (client) => client.send(new CreateSecretCommand({ Name: 'outpost-key', SecretString: 'of-a-test' })));
    expect(await problems()).to.contain(`Secret outpost-key exists in ${primary} and no stack of this rollout has it.`);
  });

  it('names the resource types that a region lacks', async () => {
    await build({ dist: rehearsal.dist, systems: [account(), outpost('AWS::Nowhere::Thing')] });
    expect(await problems()).to.contain(`Region ${secondary} lacks resource types: AWS::Nowhere::Thing.`);
  });

  it('refuses a hosted zone that does not exist, is private or holds another domain', async () => {
    const zone = async (name: string, more: object = {}): Promise<string> => {
      const { HostedZone } = await rehearsal.target.route53.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name, ...more }));
      return HostedZone?.Id?.replace('/hostedzone/', '') ?? '';
    };
    expect(await problems({ HostedZoneId: 'Z0NOWHERE' })).to.contain(`Hosted zone Z0NOWHERE of ${file} unknown: account ${rehearsal.target.account} has no such zone.`);
    const other = await zone('other.example');
    expect(await problems({ HostedZoneId: other })).to.contain(`Hosted zone ${other} of ${file} is other.example, which does not hold shop.example.`);
    const hidden = await zone('shop.example', { HostedZoneConfig: { PrivateZone: true }, VPC: { VPCRegion: primary, VPCId: 'vpc-00000001' } });
    expect(await problems({ HostedZoneId: hidden })).to.contain(`Hosted zone ${hidden} of ${file} is private`);
    expect((await roll({ HostedZoneId: await zone('example') })).exitCode).to.equal(0);
  });
});
