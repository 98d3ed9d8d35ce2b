import type { IntrinsicFunction } from '../../../src/cfn';
import type { DBInstanceProperties } from '../../../src/cfn/generated/rds';
import { MeridianError } from '../../../src/errors';
import type { ParameterGroupHandle } from './mysql-parameter-group';

/** How a MySQL instance is run and watched, whether it writes or replicates. */
export interface MysqlOperation {
  /** For example `db.m6g.large`. */
  readonly instanceClass: string;
  /** GiB of gp3 storage, at least 20. */
  readonly allocatedStorage: number;
  readonly parameterGroup: ParameterGroupHandle;
  readonly securityGroupId: IntrinsicFunction;
  /** Key of what Performance Insights keeps. */
  readonly keyArn: IntrinsicFunction;
  /** Role of `enhancedMonitoringRole`. */
  readonly monitoringRoleArn: IntrinsicFunction;
  /** Exports the general log beside error and slow-query log. Only of use when the parameter group writes it. */
  readonly generalLog: boolean;
  /** Performance Insights with the seven days that cost nothing. Not for micro and small classes. */
  readonly performanceInsights: boolean;
  /** Refuses to be deleted. */
  readonly deletionProtection: boolean;
}

const noPerformanceInsights = /^db\.t\w+\.(micro|small)$/;

/**
 * The properties that every MySQL instance has: private, under gp3 storage, reachable with IAM tokens, watched each minute, patched
 * within its minor versions. The certificate's authority holds until 2061.
 * @throws MeridianError for Performance Insights on a class that has none
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html
 */
export function operated(operation: MysqlOperation): DBInstanceProperties {
  const { instanceClass, allocatedStorage, performanceInsights } = operation;
  if (performanceInsights && noPerformanceInsights.test(instanceClass)) {
    throw new MeridianError(`Performance Insights on ${instanceClass}: RDS for MySQL has none on micro and small classes. Turn performanceInsights off or choose a class from medium up.`, 2);
  }
  return {
    DBInstanceClass: instanceClass,
    AllocatedStorage: String(allocatedStorage),
    StorageType: 'gp3',
    DBParameterGroupName: operation.parameterGroup.ref(),
    VPCSecurityGroups: [operation.securityGroupId],
    PubliclyAccessible: false,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    EnableIAMDatabaseAuthentication: true,
    EnableCloudwatchLogsExports: operation.generalLog ? ['error', 'general', 'slowquery'] : ['error', 'slowquery'],
    MonitoringInterval: 60,
    MonitoringRoleArn: operation.monitoringRoleArn,
    ...(performanceInsights ? { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 7, PerformanceInsightsKMSKeyId: operation.keyArn } : {}),
    AutoMinorVersionUpgrade: true,
    CopyTagsToSnapshot: true,
    DeletionProtection: operation.deletionProtection,
  };
}
