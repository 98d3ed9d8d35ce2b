import { expect } from 'chai';
import { Aws, Fn, stringToken, type Handle, type Parameters, type TemplateBuilder } from '../../../../src/cfn';
import { DBSubnetGroup } from '../../../../src/cfn/generated/rds';
import { lambdaFunction } from '../../../../templates/modules/compute/function';
import { mysqlPassword } from '../../../../templates/modules/data/mysql-password';
import { passwordRotation, type PasswordRotationSettings } from '../../../../templates/modules/data/password-rotation';
import { postgresPassword } from '../../../../templates/modules/data/postgres-password';
import { builderOf } from '../../../cfn/builder';
import { emitted, properties } from '../emitting';

type Builder = TemplateBuilder<Parameters, unknown>;
type Statement = { Effect: string; Action: string[]; Resource: unknown[]; Condition?: Record<string, Record<string, unknown>> };

const secretArn = stringToken(Fn.Ref('SecretArn'));
const keyArn = stringToken(Fn.Ref('KeyArn'));
const network = { subnetIds: stringToken(Fn.Ref('SubnetIds')), securityGroupId: stringToken(Fn.Ref('Group')) };

function rotation(changes: Partial<PasswordRotationSettings> = {}): Builder {
  const t: Builder = builderOf();
  const attachment: Handle = t.add('Attachment', new DBSubnetGroup({ DBSubnetGroupDescription: 'stands for the attachment', SubnetIds: [] }));
  passwordRotation(t, 'RotatePassword', { engine: 'mysql', secretArn, keyArn, network, after: [attachment], ...changes });
  return t;
}

function statements(t: Builder, role = 'RotatePasswordRole'): readonly Statement[] {
  const [policy] = properties(t, role)['Policies'] as { PolicyDocument: { Statement: Statement[] } }[];
  return policy?.PolicyDocument.Statement ?? [];
}

describe('Password rotation', () => {
  it('rotates every 90 days, or as often as it is told', () => {
    expect(properties(rotation(), 'RotatePasswordSchedule')).to.deep.equal({
      SecretId: { Ref: 'SecretArn' },
      RotationLambdaARN: { 'Fn::GetAtt': ['RotatePassword', 'Arn'] },
      RotationRules: { AutomaticallyAfterDays: 90 },
      RotateImmediatelyOnUpdate: false,
    });
    expect(properties(rotation({ days: 30 }), 'RotatePasswordSchedule')['RotationRules']).to.deep.equal({ AutomaticallyAfterDays: 30 });
  });

  it('waits for the secret to know its database, and for the right to be invoked', () => {
    expect(emitted(rotation())['RotatePasswordSchedule']?.DependsOn).to.deep.equal(['Attachment', 'RotatePasswordPermission']);
  });

  it('lets only Secrets Manager, for this secret of this account, invoke the function', () => {
    const { Action, Principal, SourceAccount, SourceArn } = properties(rotation(), 'RotatePasswordPermission');
    expect({ Action, Principal, SourceAccount, SourceArn }).to.deep.equal({
      Action: 'lambda:InvokeFunction',
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: JSON.parse(JSON.stringify(Aws.accountId)) as unknown,
      SourceArn: { Ref: 'SecretArn' },
    });
  });

  it('runs in the VPC, and makes passwords as the first one was made', () => {
    const { VpcConfig, Environment, CodeUri } = properties(rotation(), 'RotatePassword');
    expect(VpcConfig).to.deep.equal({ SubnetIds: { Ref: 'SubnetIds' }, SecurityGroupIds: [{ Ref: 'Group' }] });
    expect(Environment).to.deep.equal({ Variables: { PASSWORD_LENGTH: '40', EXCLUDE_CHARACTERS: mysqlPassword.exclude } });
    expect(CodeUri).to.equal('function:rotate-mysql-password');
  });

  it('rotates by the function of its engine, and says so', () => {
    const { CodeUri, Description, Environment } = properties(rotation({ engine: 'postgres' }), 'RotatePassword');
    expect({ CodeUri, Description, Environment }).to.deep.equal({
      CodeUri: 'function:rotate-postgres-password',
      Description: 'Gives the user of a PostgreSQL secret a new password, step by step as Secrets Manager asks',
      Environment: { Variables: { PASSWORD_LENGTH: '40', EXCLUDE_CHARACTERS: postgresPassword.exclude } },
    });
  });

  it('keeps its log as long as it is told', () => {
    expect(properties(rotation({ logRetentionInDays: 14 }), 'RotatePasswordLog')['RetentionInDays']).to.equal(14);
    expect(properties(rotation(), 'RotatePasswordLog')['RetentionInDays']).to.equal(365);
  });

  it('reaches one secret, and the key for that secret through Secrets Manager only', () => {
    const allowed = statements(rotation()).filter(({ Effect }) => Effect === 'Allow');
    const ofSecrets = allowed.filter(({ Action }) => Action.some((action) => /^(secretsmanager|kms):/.test(action)));
    expect(ofSecrets.map(({ Action, Resource }) => [Action, Resource])).to.deep.equal([
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], [{ Ref: 'SecretArn' }]],
      [['secretsmanager:GetRandomPassword'], ['*']],
      [['kms:Decrypt', 'kms:GenerateDataKey'], [{ Ref: 'KeyArn' }]],
    ]);
    expect(ofSecrets[2]?.Condition?.['StringEquals']).to.deep.equal({
      'kms:ViaService': { 'Fn::Sub': 'secretsmanager.${AWS::Region}.${AWS::URLSuffix}' },
      'kms:EncryptionContext:SecretARN': { Ref: 'SecretArn' },
    });
  });

  it('lets Lambda connect the function to the VPC, and denies the same to the function’s code', () => {
    const [allowed, denied] = statements(rotation()).filter(({ Action }) => Action.includes('ec2:CreateNetworkInterface'));
    expect([allowed?.Effect, denied?.Effect]).to.deep.equal(['Allow', 'Deny']);
    expect(denied?.Action).to.deep.equal(allowed?.Action);
    expect(denied?.Condition).to.deep.equal({
      ArnEquals: { 'lambda:SourceFunctionArn': { 'Fn::Sub': 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:kasha-rotate-password-prod-${EnvironmentSuffix}' } },
    });
  });

  it('stands only where its condition holds', () => {
    const t: Builder = builderOf();
    passwordRotation(t, 'RotatePassword', { engine: 'mysql', secretArn, keyArn, network, after: [], when: t.isPrimary });
    for (const [id, resource] of Object.entries(emitted(t))) expect((resource as { Condition?: string }).Condition, id).to.equal('IsPrimary');
  });
});

describe('A function outside the VPC', () => {
  it('has no network settings, no environment and no rights over network interfaces', () => {
    const t: Builder = builderOf();
    lambdaFunction(t, 'Empty', { source: 'empty', description: 'test', statements: [] });
    expect(properties(t, 'Empty')).to.not.have.any.keys('VpcConfig', 'Environment');
    expect(JSON.stringify(statements(t, 'EmptyRole'))).to.not.include('ec2:');
  });
});
