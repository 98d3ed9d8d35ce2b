import { environmentNames } from '../../../src/check/invariants/environment-names';
import { environmentTags } from '../../../src/check/invariants/environment-tags';
import { accountWideNamesDiffer, regionalNamesDiffer } from '../../../src/check/invariants/names';
import { itJudges, ref, resource, type Case, type Resources } from './small-system';

const role = (RoleName?: unknown) => resource('AWS::IAM::Role', { RoleName });
const queue = (QueueName?: unknown) => resource('AWS::SQS::Queue', { QueueName });
const both = (primary: Resources, secondary: Resources): Case['system'] => ({ platform: { 'us-east-1': primary, 'ap-southeast-1': secondary } });
const sub = (text: string) => ({ 'Fn::Sub': text });
const options = { unknown: ['Given'] };

describe('a name that an account has once', () => {
  const twice = (name: string) => [`${name} ap-southeast-1: ${name} of platform in us-east-1 has the same name`];
  itJudges(accountWideNamesDiffer, [
    { name: 'is left to AWS', system: both({ Role: role() }, { Role: role() }), verdict: 'did-not-apply' },
    { name: 'tells the region', system: both({ Role: role(sub('app-${AWS::Region}')) }, { Role: role(sub('app-${AWS::Region}')) }), verdict: [] },
    { name: 'is the same in two instances of a StackSet', system: both({ Role: role('app') }, { Role: role('app') }), verdict: twice('Role') },
    { name: 'is the same whatever deployment gives', system: both({ Role: role(sub('app-${Given}')) }, { Role: role(sub('app-${Given}')) }), options, verdict: twice('Role') },
    { name: 'is a bucket’s, with the account in it', system: both({ Bucket: resource('AWS::S3::Bucket', { BucketName: sub('app-${AWS::AccountId}') }) }, { Bucket: resource('AWS::S3::Bucket', { BucketName: sub('app-${AWS::AccountId}') }) }), verdict: twice('Bucket') },
    { name: 'is of another type', system: both({ Role: role('app') }, { User: resource('AWS::IAM::User', { UserName: 'app' }) }), verdict: [] },
    { name: 'may differ by what each region imports', system: both({ Role: role({ 'Fn::ImportValue': 'a' }) }, { Role: role({ 'Fn::ImportValue': 'a' }) }), verdict: 'did-not-apply' },
  ]);
});

describe('a name that a region has once', () => {
  itJudges(regionalNamesDiffer, [
    { name: 'is left to AWS', system: both({ Queue: queue() }, {}), verdict: 'did-not-apply' },
    { name: 'is the same in two regions', system: both({ Queue: queue('jobs') }, { Queue: queue('jobs') }), verdict: [] },
    { name: 'is the same in two deployments', system: { data: { 'us-east-1': { Queue: queue('jobs') } }, platform: { 'us-east-1': { Jobs: queue('jobs') } } }, verdict: ['Jobs us-east-1: Queue of data has the same name'] },
    { name: 'is that of a web ACL of another scope', system: both({ Here: resource('AWS::WAFv2::WebACL', { Name: 'a', Scope: 'REGIONAL' }), Edge: resource('AWS::WAFv2::WebACL', { Name: 'a', Scope: 'CLOUDFRONT' }) }, {}), verdict: [] },
  ]);
});

describe('a name that a template gives', () => {
  const short = { shortEnvironment: 'prod', unknown: ['Given'] };
  const here = (resources: Resources): Case['system'] => ({ platform: { 'us-east-1': resources } });
  itJudges(environmentNames, [
    { name: 'is left to AWS', system: here({ Role: role() }), options: short, verdict: 'did-not-apply' },
    { name: 'tells the environment in full or short', system: here({ Role: role('app-prod'), Queue: queue('jobs-production') }), options: short, verdict: [] },
    { name: 'does not tell it', system: here({ Role: role('app'), Queue: queue('jobs-prod') }), options: short, verdict: ['Role us-east-1: The name is the same in every environment'] },
    { name: 'does not tell it by the account', system: here({ Bucket: resource('AWS::S3::Bucket', { BucketName: sub('app-${AWS::AccountId}') }) }), options: short, verdict: ['Bucket us-east-1: The name is the same in every environment'] },
    { name: 'may tell it by a parameter', system: here({ Role: role(sub('app-${Given}')) }), options: short, verdict: [] },
    { name: 'is what the account has once', system: here({ Role: role(ref('AWS::Region')) }), options: { ...short, system: 'account' }, verdict: 'did-not-apply' },
  ]);
});

describe('the tags of a resource', () => {
  const here = (resources: Resources): Case['system'] => ({ platform: { 'us-east-1': resources } });
  const topic = (Tags: unknown) => resource('AWS::SNS::Topic', { Tags });
  const tag = (Key: string, Value: unknown) => ({ Key, Value });
  itJudges(environmentTags, [
    { name: 'are none', system: here({ Topic: resource('AWS::SNS::Topic') }), verdict: 'did-not-apply' },
    { name: 'name environment and system, as a list or a map', system: here({ Topic: topic([tag('Environment', 'production'), tag('System', 'shop')]), Plan: resource('AWS::Backup::BackupPlan', { BackupPlanTags: { Environment: 'production' } }) }), verdict: [] },
    { name: 'name another environment', system: here({ Topic: topic([tag('Environment', 'develop')]) }), verdict: ['Topic us-east-1: The tag Environment names another than production'] },
    { name: 'name another system, in a map', system: here({ Parameter: resource('AWS::SSM::Parameter', { Tags: { System: 'bank' } }) }), verdict: ['Parameter us-east-1: The tag System names another than shop'] },
    { name: 'may be what deployment says', system: here({ Topic: topic([tag('Environment', ref('Given'))]) }), options, verdict: 'did-not-apply' },
  ]);
});
