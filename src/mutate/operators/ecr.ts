import { deletionPolicy, drop, edit, removed, set, turn } from '../mistakes';
import type { Operator } from '../operator';
import { isObject } from '../json';

const repository = ['AWS::ECR::Repository'];
const integrity = ['PCI DSS 4.0.1 6.3.2', 'NIST 800-53 r5 SI-7'];

/** Mistakes in image registries. */
export const registryOperators: readonly Operator[] = [
  { id: 'ecr-tags-mutable', title: 'An image can be replaced under its tag', severity: 'HIGH', controls: integrity, types: repository, mistake: turn('ImageTagMutability', 'MUTABLE') },
  { id: 'ecr-tags-unset', title: 'The repository says nothing of replacing images', severity: 'HIGH', controls: integrity, types: repository, mistake: drop('ImageTagMutability') },
  { id: 'ecr-scan-off', title: 'Images are not scanned for known holes', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.1', 'PCI DSS 4.0.1 11.3.1', 'NIST 800-53 r5 RA-5'], types: repository, mistake: turn('ImageScanningConfiguration.ScanOnPush', false) },
  { id: 'ecr-scan-unset', title: 'The repository says nothing of scanning', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.3.1', 'NIST 800-53 r5 RA-5'], types: repository, mistake: drop('ImageScanningConfiguration') },
  { id: 'ecr-key-of-aws', title: 'Images are encrypted with a key that we do not control', severity: 'LOW', controls: ['PCI DSS 4.0.1 3.6.1'], types: repository, mistake: drop('EncryptionConfiguration') },
  { id: 'ecr-anybody-pulls', title: 'Anybody may pull and push images', severity: 'CRITICAL', controls: ['NIST 800-53 r5 AC-3', ...integrity], types: repository, mistake: edit('RepositoryPolicyText', (policy) => ({ Version: '2012-10-17', Statement: [...(isObject(policy) && Array.isArray(policy.Statement) ? policy.Statement : []), { Effect: 'Allow', Principal: '*', Action: ['ecr:BatchGetImage', 'ecr:PutImage'] }] })) },
  { id: 'ecr-lifecycle-removed', title: 'Old images with known holes stay for ever', severity: 'LOW', controls: ['PCI DSS 4.0.1 6.3.2'], types: repository, mistake: drop('LifecyclePolicy') },
  { id: 'ecr-emptied-with-stack', title: 'Images are deleted with the stack although they are needed for a return', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: repository, mistake: set('EmptyOnDelete', true) },
  { id: 'ecr-deleted-with-stack', title: 'The repository is deleted with the stack', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-9'], types: repository, mistake: deletionPolicy('Delete') },
  { id: 'ecr-replication-removed', title: 'Images are not copied to the other region: its services cannot start', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7', 'SOC 2 A1.2'], types: ['AWS::ECR::ReplicationConfiguration'], mistake: removed },
  { id: 'ecr-replication-elsewhere', title: 'Images are copied to a region in which nothing of ours stands', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-7', 'SOC 2 A1.2'], types: ['AWS::ECR::ReplicationConfiguration'], mistake: edit('ReplicationConfiguration.Rules[].Destinations[].Region', (region) => (region === undefined ? undefined : 'eu-west-1')) },
];
