import { isObject } from '../json';
import { drop, edit, onlyFirst, set, turn } from '../mistakes';
import type { Operator } from '../operator';

const template = ['AWS::EC2::LaunchTemplate'];
const instance = ['AWS::EC2::Instance'];
const metadata = ['CIS AWS 5.0.0 5.7', 'NIST 800-53 r5 AC-3'];

/** Mistakes in instances, their launch templates, groups and disks. */
export const ec2InstanceOperators: readonly Operator[] = [
  { id: 'launch-template-metadata-v1', title: 'A forged request can read the credentials of the instance: IMDSv1 is allowed', severity: 'HIGH', controls: metadata, types: template, mistake: turn('LaunchTemplateData.MetadataOptions.HttpTokens', 'optional') },
  { id: 'launch-template-metadata-unset', title: 'The template says nothing of the metadata service', severity: 'HIGH', controls: metadata, types: template, mistake: drop('LaunchTemplateData.MetadataOptions') },
  { id: 'launch-template-metadata-hops', title: 'Containers reach the credentials of their host through the metadata service', severity: 'MEDIUM', controls: metadata, types: template, mistake: set('LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit', 64) },
  { id: 'launch-template-disk-unencrypted', title: 'The disk is not encrypted', severity: 'HIGH', controls: ['CIS AWS 5.0.0 5.1.1', 'NIST 800-53 r5 SC-28'], types: template, mistake: turn('LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted', false) },
  { id: 'launch-template-disk-unset', title: 'The template leaves encryption of the disk to the account', severity: 'HIGH', controls: ['CIS AWS 5.0.0 5.1.1', 'NIST 800-53 r5 SC-28'], types: template, mistake: drop('LaunchTemplateData.BlockDeviceMappings') },
  { id: 'launch-template-public-address', title: 'Instances get a public address', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 SC-7'], types: template, mistake: set('LaunchTemplateData.NetworkInterfaces', [{ DeviceIndex: 0, AssociatePublicIpAddress: true }]) },
  { id: 'launch-template-monitoring-off', title: 'Figures of the instance arrive every five minutes', severity: 'LOW', controls: ['NIST 800-53 r5 SI-4'], types: template, mistake: turn('LaunchTemplateData.Monitoring.Enabled', false) },
  { id: 'launch-template-secret-in-user-data', title: 'The start-up script holds an access key', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: template, mistake: set('LaunchTemplateData.UserData', { 'Fn::Base64': 'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }) },
  { id: 'launch-template-key-pair', title: 'Instances take a shared SSH key', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 8.2.2', 'NIST 800-53 r5 IA-2'], types: template, mistake: set('LaunchTemplateData.KeyName', 'operations') },
  { id: 'instance-metadata-v1', title: 'A forged request can read the credentials of the instance: IMDSv1 is allowed', severity: 'HIGH', controls: metadata, types: instance, mistake: set('MetadataOptions', { HttpTokens: 'optional' }) },
  { id: 'instance-public-address', title: 'The instance gets a public address', severity: 'HIGH', controls: ['PCI DSS 4.0.1 1.4.4', 'NIST 800-53 r5 SC-7'], types: instance, mistake: set('NetworkInterfaces', [{ DeviceIndex: '0', AssociatePublicIpAddress: true }]) },
  { id: 'instance-key-pair', title: 'The instance takes a shared SSH key', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 8.2.2', 'NIST 800-53 r5 IA-2'], types: instance, mistake: set('KeyName', 'operations') },
  { id: 'instance-disk-unencrypted', title: 'The disk of the instance is not encrypted', severity: 'HIGH', controls: ['CIS AWS 5.0.0 5.1.1', 'NIST 800-53 r5 SC-28'], types: instance, mistake: turn('BlockDeviceMappings[].Ebs.Encrypted', false) },
  { id: 'instance-without-role', title: 'The instance has no role: somebody will put keys on it', severity: 'MEDIUM', controls: ['CIS AWS 5.0.0 1.17', 'NIST 800-53 r5 IA-5'], types: instance, mistake: drop('IamInstanceProfile') },
  { id: 'instance-disk-unset', title: 'The image decides whether the disk of the instance is encrypted', severity: 'HIGH', controls: ['CIS AWS 5.0.0 5.1.1', 'NIST 800-53 r5 SC-28'], types: instance, mistake: drop('BlockDeviceMappings') },
  { id: 'instance-metadata-hops', title: 'Containers reach the credentials of their host through the metadata service', severity: 'MEDIUM', controls: metadata, types: instance, mistake: set('MetadataOptions.HttpPutResponseHopLimit', 64) },
  { id: 'volume-unencrypted', title: 'The volume is not encrypted', severity: 'HIGH', controls: ['CIS AWS 5.0.0 5.1.1', 'NIST 800-53 r5 SC-28'], types: ['AWS::EC2::Volume'], mistake: turn('Encrypted', false) },
  { id: 'auto-scaling-one-zone', title: 'Instances start in one zone', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'], types: ['AWS::AutoScaling::AutoScalingGroup'], mistake: onlyFirst('VPCZoneIdentifier', 1) },
  { id: 'auto-scaling-not-replaced', title: 'The group may shrink to nothing', severity: 'HIGH', controls: ['NIST 800-53 r5 CP-10', 'SOC 2 A1.2'], types: ['AWS::AutoScaling::AutoScalingGroup'], mistake: edit('MinSize', (size) => (isObject(size) || size === undefined ? undefined : '0')) },
  { id: 'auto-scaling-instance-health-only', title: 'An instance whose service is dead is not replaced', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-10'], types: ['AWS::AutoScaling::AutoScalingGroup'], mistake: turn('HealthCheckType', 'EC2') },
];
