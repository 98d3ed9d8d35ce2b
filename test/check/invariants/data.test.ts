import { backups } from '../../../src/check/invariants/backups';
import { clusterZones } from '../../../src/check/invariants/cluster-zones';
import { globalDatabaseMembers } from '../../../src/check/invariants/global-database-members';
import { keyPolicies } from '../../../src/check/invariants/key-policies';
import { passwordRotation } from '../../../src/check/invariants/password-rotation';
import { regionalReplicas, replicaKeys } from '../../../src/check/invariants/regional-replicas';
import { secretReplicas } from '../../../src/check/invariants/secret-replicas';
import { att, itJudges, ref, resource, type Case, type Resources } from './small-system';

const here = (resources: Resources): Case['system'] => ({ platform: { 'us-east-1': resources } });
const both = (primary: Resources, secondary: Resources = {}): Case['system'] => ({ platform: { 'us-east-1': primary, 'ap-southeast-1': secondary } });
const options = { unknown: ['Given'] };
const Key = resource('AWS::KMS::Key', { KeyPolicy: { Statement: [] } });

describe('a secret', () => {
  const secret = (...ReplicaRegions: object[]) => resource('AWS::SecretsManager::Secret', { Name: 'shop/database', KmsKeyId: ref('Key'), ReplicaRegions });
  const Alias = resource('AWS::KMS::Alias', { AliasName: 'alias/shop', TargetKeyId: ref('Key') });
  const replica = { Region: 'ap-southeast-1', KmsKeyId: 'alias/shop' };
  const reads = resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Environment: [{ Name: 'A', Value: '{{resolve:secretsmanager:shop/database:SecretString:password}}' }] }] });
  itJudges(secretReplicas, [
    { name: 'is none', system: here({ Key }), verdict: 'did-not-apply' },
    { name: 'of one region needs no replica', system: here({ Key, Secret: resource('AWS::SecretsManager::Secret') }), verdict: [] },
    { name: 'is in both regions of its deployment, each under its key', system: both({ Key, Alias, Secret: secret(replica) }, { Key, Alias }), verdict: [] },
    { name: 'is made in each region anew', system: both({ Secret: resource('AWS::SecretsManager::Secret') }, { Secret: resource('AWS::SecretsManager::Secret') }), verdict: [] },
    { name: 'is missing where its deployment stands too', system: both({ Key, Secret: secret() }, { Key }), verdict: ['Secret us-east-1: The secret is not in ap-southeast-1, and its deployment stands there too'] },
    { name: 'is missing where somebody reads it by name', system: { foundation: { 'us-east-1': { Key, Secret: secret() } }, platform: { 'ap-southeast-1': { Task: reads } } }, verdict: ['Secret us-east-1: The secret is not in ap-southeast-1, and AWS::ECS::TaskDefinition Task reads it there'] },
    { name: 'is replicated under AWS’s key', system: both({ Key, Secret: secret({ Region: 'ap-southeast-1' }) }, { Key }), verdict: ["Secret us-east-1: The replica in ap-southeast-1 is encrypted under AWS's key, the secret under one of ours"] },
    { name: 'is replicated under a key of its own region', system: both({ Key, Secret: secret({ Region: 'ap-southeast-1', KmsKeyId: att('Key') }) }, { Key }), verdict: ['Secret us-east-1: The replica in ap-southeast-1 names a key of us-east-1'] },
    { name: 'is replicated under a key that does not stand there', system: both({ Key, Secret: secret({ ...replica, KmsKeyId: 'alias/other' }) }, { Key, Alias }), verdict: ['Secret us-east-1: The replica in ap-southeast-1 names a key that does not stand there'] },
    { name: 'may be replicated to where deployment says', system: both({ Key, Secret: resource('AWS::SecretsManager::Secret', { ReplicaRegions: [{ Region: ref('Given') }] }) }, { Key }), options, verdict: [] },
  ]);
});

describe('the password of a database', () => {
  const Secret = resource('AWS::SecretsManager::Secret', { Name: 'shop/database' });
  const Attachment = resource('AWS::SecretsManager::SecretTargetAttachment', { SecretId: ref('Secret'), TargetId: 'a', TargetType: 'AWS::RDS::DBInstance' });
  const Schedule = resource('AWS::SecretsManager::RotationSchedule', { SecretId: ref('Attachment'), RotationLambdaARN: att('Rotate') });
  const Rotate = resource('AWS::Lambda::Function');
  const Permission = resource('AWS::Lambda::Permission', { FunctionName: ref('Rotate'), Principal: 'secretsmanager.amazonaws.com', Action: 'lambda:InvokeFunction' });
  const database = (MasterUserPassword: unknown) => resource('AWS::RDS::DBInstance', { MasterUserPassword });
  const byArn = database({ 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' });
  const unattached = ['Database us-east-1: The secret of the password does not know its database, so that clients and rotation fail'];
  itJudges(passwordRotation, [
    { name: 'does not apply to other secrets', system: here({ Secret, Database: database('a') }), verdict: 'did-not-apply' },
    { name: 'is attached and rotated', system: here({ Secret, Attachment, Schedule, Rotate, Permission, Database: byArn }), verdict: [] },
    { name: 'is in a secret that does not know the database', system: here({ Secret, Database: byArn }), verdict: unattached },
    { name: 'is in such a secret, by its name', system: here({ Secret, Database: database('{{resolve:secretsmanager:shop/database:SecretString:password}}') }), verdict: unattached },
    { name: 'is rotated by a function that nobody may call', system: here({ Secret, Attachment, Schedule, Rotate }), verdict: ['Rotate us-east-1: Secrets Manager may not call the function that rotates'] },
    { name: 'may be rotated by a function of elsewhere', system: here({ Schedule: resource('AWS::SecretsManager::RotationSchedule', { SecretId: ref('Given'), RotationLambdaARN: ref('Given') }) }), options, verdict: [] },
    { name: 'may be attached as deployment says', system: here({ Secret, Database: byArn, Attachment: resource('AWS::SecretsManager::SecretTargetAttachment', { SecretId: ref('Given') }) }), options, verdict: [] },
  ]);
});

describe('a replicated resource', () => {
  const table = (...regions: unknown[]) => resource('AWS::DynamoDB::GlobalTable', { Replicas: regions.map((Region) => ({ Region })) });
  const Global = resource('AWS::RDS::GlobalCluster', { GlobalClusterIdentifier: 'shop', Engine: 'aurora-postgresql' });
  const cluster = (GlobalClusterIdentifier: unknown) => resource('AWS::RDS::DBCluster', { GlobalClusterIdentifier });
  const multiRegion = resource('AWS::KMS::Key', { MultiRegion: true });
  itJudges(regionalReplicas, [
    { name: 'is none', system: here({ Key }), verdict: 'did-not-apply' },
    { name: 'has a replica in each region', system: both({ Table: table('us-east-1', 'ap-southeast-1'), Global, Cluster: cluster(ref('Global')) }, { Cluster: cluster('shop') }), verdict: [] },
    { name: 'is a table without a replica in one', system: both({ Table: table('us-east-1') }), verdict: ['Table us-east-1: There is no replica in ap-southeast-1, where the deployment stands'] },
    { name: 'is a table with a replica in a third', system: both({ Table: table('us-east-1', 'ap-southeast-1', 'eu-west-1') }), verdict: ['Table us-east-1: There is a replica in eu-west-1, where the deployment does not stand'] },
    { name: 'is a global cluster that one region has not joined', system: both({ Global, Cluster: cluster(ref('Global')) }, { Cluster: cluster('other') }), verdict: ['Global us-east-1: There is no replica in ap-southeast-1, where the deployment stands'] },
    { name: 'is a multi-Region key without a replica', system: both({ Key: multiRegion }), verdict: ['Key us-east-1: There is no replica in ap-southeast-1, where the deployment stands'] },
    { name: 'is a multi-Region key of one region that nothing replicates', system: here({ Key: multiRegion }), verdict: ['Key us-east-1: There is no replica in another region'] },
    { name: 'may have replicas where deployment says', system: both({ Table: table(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a cluster of a global database', () => {
  const Global = resource('AWS::RDS::GlobalCluster', { GlobalClusterIdentifier: 'shop', Engine: 'aurora-postgresql' });
  const cluster = (GlobalClusterIdentifier: unknown, DBClusterIdentifier?: unknown) => resource('AWS::RDS::DBCluster', { GlobalClusterIdentifier, DBClusterIdentifier });
  const twins = ['Cluster ap-southeast-1: Cluster of platform in us-east-1 has the same name'];
  itJudges(globalDatabaseMembers, [
    { name: 'is none', system: here({ Cluster: cluster(undefined, 'shop') }), verdict: 'did-not-apply' },
    { name: 'has a name of its own', system: both({ Global, Cluster: cluster(ref('Global'), 'shop-us-east-1') }, { Cluster: cluster('shop', 'shop-ap-southeast-1') }), verdict: [] },
    { name: 'has the name of another one', system: both({ Global, Cluster: cluster(ref('Global'), 'shop-aurora') }, { Cluster: cluster('shop', 'shop-aurora') }), verdict: twins },
    { name: 'is named by a parameter, which has one value in both', system: both({ Global, Cluster: cluster(ref('Global'), ref('Given')) }, { Cluster: cluster('shop', ref('Given')) }), options, verdict: twins },
    { name: 'may be named by RDS', system: both({ Global, Cluster: cluster(ref('Global')) }, { Cluster: cluster('shop') }), verdict: [] },
    { name: 'may have the name of a cluster of another global database', system: both({ Global, Cluster: cluster(ref('Global'), 'shop-aurora') }, { Cluster: cluster('other', 'shop-aurora') }), verdict: [] },
  ]);
});

describe('a data store of production', () => {
  const table = (enabled?: unknown, tags: object[] = []) => resource('AWS::DynamoDB::Table', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: enabled ?? false }, Tags: tags });
  const selection = (BackupSelection: object) => resource('AWS::Backup::BackupSelection', { BackupSelection });
  const lost = ['Store us-east-1: Nothing backs the data up'];
  const tagged = [{ Key: 'Backup', Value: 'daily' }];
  const byTag = (ConditionValue: string) => selection({ ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'Backup', ConditionValue }] });
  itJudges(backups, [
    { name: 'is none', system: here({ Key }), verdict: 'did-not-apply' },
    { name: 'may be lost outside production', system: here({ Store: table() }), options: { environment: 'develop' }, verdict: 'did-not-apply' },
    { name: 'is kept by a setting of its own', system: here({ Store: table(true), Database: resource('AWS::RDS::DBInstance', { BackupRetentionPeriod: 7 }) }), verdict: [] },
    { name: 'is a replica, whose source is kept', system: here({ Store: table(true), Replica: resource('AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'a', BackupRetentionPeriod: 0 }) }), verdict: [] },
    { name: 'is lost', system: here({ Store: table() }), verdict: lost },
    { name: 'is a database without automated backups', system: here({ Store: resource('AWS::RDS::DBInstance', { BackupRetentionPeriod: 0 }) }), verdict: lost },
    { name: 'is selected by its ARN', system: here({ Store: table(), Selection: selection({ Resources: [att('Store')] }) }), verdict: [] },
    { name: 'is not the one selected', system: here({ Store: table(), Other: table(true), Selection: selection({ Resources: [att('Other')] }) }), verdict: lost },
    { name: 'is selected by a tag', system: here({ Store: table(false, tagged), Selection: byTag('daily') }), verdict: [] },
    { name: 'has another tag than the selection', system: here({ Store: table(false, tagged), Selection: byTag('weekly') }), verdict: lost },
    { name: 'may be selected by an ARN that deployment gives', system: here({ Store: table(), Selection: selection({ Resources: [ref('Given')] }) }), options, verdict: [] },
    { name: 'may be kept as deployment says', system: here({ Store: table(ref('Given')) }), options, verdict: [] },
  ]);
});

describe('an Aurora cluster of production', () => {
  const subnet = (AvailabilityZone: unknown) => resource('AWS::EC2::Subnet', { AvailabilityZone });
  const [A, B] = [subnet('us-east-1a'), subnet('us-east-1b')];
  const Group = resource('AWS::RDS::DBSubnetGroup', { DBSubnetGroupName: 'shop', SubnetIds: [ref('A'), ref('B')] });
  const cluster = (more: object = {}) => resource('AWS::RDS::DBCluster', { Engine: 'aurora-postgresql', DBSubnetGroupName: ref('Group'), ...more });
  const instance = (AvailabilityZone?: unknown, DBClusterIdentifier: unknown = ref('Cluster')) => resource('AWS::RDS::DBInstance', { DBClusterIdentifier, AvailabilityZone });
  const base = { A, B, Group, Cluster: cluster() };
  const One = instance('us-east-1a');
  const Two = instance('us-east-1b');
  const lacksOne = ['Cluster us-east-1: The cluster has subnets but no instance in us-east-1b'];
  itJudges(clusterZones, [
    { name: 'is none', system: here({ Key }), verdict: 'did-not-apply' },
    { name: 'has an instance in each zone', system: here({ ...base, One, Two, Three: Two }), verdict: [] },
    { name: 'has one instance less', system: here({ ...base, One }), verdict: lacksOne },
    { name: 'has two instances in one zone', system: here({ ...base, One, Two: One }), verdict: lacksOne },
    { name: 'has no instance', system: here(base), verdict: ['Cluster us-east-1: The cluster has subnets but no instance in us-east-1a, us-east-1b'] },
    { name: 'may have fewer outside production', system: here({ ...base, One }), options: { environment: 'staging' }, verdict: 'did-not-apply' },
    { name: 'does not count the instances of another one', system: here({ ...base, Other: cluster({ DBSubnetGroupName: 'elsewhere' }), One, Two: instance('us-east-1b', ref('Other')) }), verdict: lacksOne },
    { name: 'is judged in each region', system: { platform: { 'us-east-1': { ...base, One }, 'ap-southeast-1': { ...base, A: subnet('ap-southeast-1a'), B: subnet('ap-southeast-1b'), One: instance('ap-southeast-1a'), Two: instance('ap-southeast-1b') } } }, verdict: lacksOne },
    { name: 'and its instances and subnets may be called by name', system: here({ ...base, Cluster: cluster({ DBClusterIdentifier: 'main', DBSubnetGroupName: 'shop' }), One: instance('us-east-1a', 'main'), Two: instance('us-east-1b', 'main') }), verdict: [] },
    { name: 'is called by name, and has one instance less', system: here({ ...base, Cluster: cluster({ DBClusterIdentifier: 'main', DBSubnetGroupName: 'shop' }), One: instance('us-east-1a', 'main') }), verdict: lacksOne },
    { name: 'is none of another engine, whose service places the instances', system: here({ ...base, Cluster: cluster({ Engine: 'mysql' }) }), verdict: 'did-not-apply' },
    { name: 'is not judged without a subnet group', system: here({ Cluster: cluster({ DBSubnetGroupName: undefined }), One }), verdict: 'did-not-apply' },
    { name: 'may have subnets that deployment names', system: here({ ...base, Group: resource('AWS::RDS::DBSubnetGroup', { SubnetIds: [ref('A'), ref('Given')] }), One }), options, verdict: 'did-not-apply' },
    { name: 'may have subnets in zones that deployment names', system: here({ ...base, B: subnet(ref('Given')), One }), options, verdict: 'did-not-apply' },
    { name: 'may have an instance where deployment says', system: here({ ...base, One, Two: instance(ref('Given')) }), options, verdict: [] },
    { name: 'may have an instance where Aurora likes', system: here({ ...base, One, Two: instance() }), verdict: [] },
    { name: 'has the subnet group of its own region, of two of a name', system: { platform: { 'us-east-1': { A, Group: resource('AWS::RDS::DBSubnetGroup', { DBSubnetGroupName: 'shop', SubnetIds: [ref('A')] }) }, 'ap-southeast-1': { A: subnet('ap-southeast-1a'), B: subnet('ap-southeast-1b'), Group, Cluster: cluster({ DBSubnetGroupName: 'shop' }), One: instance('ap-southeast-1a') } } }, verdict: ['Cluster ap-southeast-1: The cluster has subnets but no instance in ap-southeast-1b'] },
    { name: 'may have the name that an instance calls it by', system: here({ ...base, Cluster: cluster({ DBClusterIdentifier: ref('Given') }), One, Two: instance('us-east-1b', 'main') }), options, verdict: [] },
    { name: 'may be the one that deployment gives an instance', system: here({ ...base, One, Two: instance('us-east-1b', ref('Given')) }), options, verdict: [] },
  ]);
});

describe('a replica key', () => {
  const key = (Properties?: Readonly<Record<string, unknown>>) => ({ keys: { 'us-east-1': { Key: resource('AWS::KMS::Key', Properties), Published: resource('AWS::SSM::Parameter', { Name: '/shop/key', Value: att('Key') }) } } });
  const Replica = resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: ref('/shop/key') });
  const replicated = (Properties?: Readonly<Record<string, unknown>>): Case['system'] => ({ ...key(Properties), platform: { 'us-east-1': { Replica } } });
  const ofOneRegion = ['Key us-east-1: Replica copies the key, which exists in one Region only'];
  itJudges(replicaKeys, [
    { name: 'is none', system: key(), verdict: 'did-not-apply' },
    { name: 'copies a multi-Region key', system: replicated({ MultiRegion: true }), verdict: [] },
    { name: 'copies a multi-Region key that says so as text', system: replicated({ MultiRegion: 'true' }), verdict: [] },
    { name: 'copies a key that says nothing of Regions', system: replicated(), verdict: ofOneRegion },
    { name: 'copies a key of one Region', system: replicated({ MultiRegion: false }), verdict: ofOneRegion },
    { name: 'may copy a key of elsewhere', system: here({ Replica: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: ref('Given') }) }), options, verdict: [] },
    { name: 'may copy a key of which deployment says it', system: { platform: { 'us-east-1': { Key: resource('AWS::KMS::Key', { MultiRegion: ref('Given') }), Replica: resource('AWS::KMS::ReplicaKey', { PrimaryKeyArn: att('Key') }) } } }, options, verdict: [] },
  ]);
});

describe('the key of a log group, of a topic of alarms or of a trail', () => {
  const key = (...services: unknown[]) => resource('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: 'kms:*', Resource: '*' }] } });
  const group = resource('AWS::Logs::LogGroup', { KmsKeyId: att('Key') });
  const Alarm = resource('AWS::CloudWatch::Alarm', { AlarmActions: [ref('Topic')] });
  const Topic = resource('AWS::SNS::Topic', { KmsMasterKeyId: ref('Alias') });
  const Alias = resource('AWS::KMS::Alias', { AliasName: 'alias/a', TargetKeyId: ref('Key') });
  itJudges(keyPolicies, [
    { name: 'is none', system: here({ Key, Group: resource('AWS::Logs::LogGroup') }), verdict: 'did-not-apply' },
    { name: 'lets the service of its region use it', system: here({ Key: key('logs.us-east-1.amazonaws.com'), Group: group }), verdict: [] },
    { name: 'lets another region’s use it', system: here({ Key: key('logs.ap-southeast-1.amazonaws.com'), Group: group }), verdict: ['Group us-east-1: The policy of its key does not let logs.us-east-1.amazonaws.com use it'] },
    { name: 'does not let CloudWatch use it, behind an alias', system: here({ Key: key('logs.us-east-1.amazonaws.com'), Alias, Topic, Alarm }), verdict: ['Topic us-east-1: The policy of its key does not let cloudwatch.amazonaws.com use it'] },
    { name: 'of a topic without alarms needs nobody', system: here({ Key: key(), Alias, Topic }), verdict: 'did-not-apply' },
    { name: 'does not let CloudTrail use it', system: here({ Key: key(), Trail: resource('AWS::CloudTrail::Trail', { KMSKeyId: att('Key') }) }), verdict: ['Trail us-east-1: The policy of its key does not let cloudtrail.amazonaws.com use it'] },
    { name: 'may let in whom deployment names', system: here({ Key: key(ref('Given')), Group: group }), options, verdict: [] },
  ]);
});
