import type { Operator } from '../operator';
import { apiGatewayOperators } from './apigateway';
import { athenaOperators } from './athena';
import { auditOperators } from './audit';
import { backupOperators } from './backup';
import { certificateOperators } from './certificates';
import { cloudFormationOperators } from './cloudformation';
import { cloudFrontOperators } from './cloudfront';
import { dynamoDbOperators } from './dynamodb';
import { ec2InstanceOperators } from './ec2-instances';
import { ec2NetworkOperators } from './ec2-network';
import { securityGroupOperators } from './ec2-security-groups';
import { registryOperators } from './ecr';
import { ecsOperators } from './ecs';
import { eksOperators } from './eks';
import { elastiCacheOperators } from './elasticache';
import { loadBalancingOperators } from './elasticloadbalancing';
import { iamOperators } from './iam';
import { kmsOperators } from './kms';
import { lambdaOperators } from './lambda';
import { messagingOperators } from './messaging';
import { monitoringOperators } from './monitoring';
import { organizationOperators } from './organizations';
import { rdsOperators } from './rds';
import { recoveryOperators } from './recovery';
import { route53Operators } from './route53';
import { s3Operators } from './s3';
import { scalingOperators } from './scaling';
import { secretsManagerOperators } from './secretsmanager';
import { systemsManagerOperators } from './ssm';
import { wafOperators } from './wafv2';

/** Every seeded mistake. */
export const operators: readonly Operator[] = [
  ...iamOperators, ...kmsOperators, ...secretsManagerOperators, ...s3Operators, ...ec2NetworkOperators, ...securityGroupOperators,
  ...ec2InstanceOperators, ...loadBalancingOperators, ...cloudFrontOperators, ...wafOperators, ...route53Operators, ...rdsOperators,
  ...dynamoDbOperators, ...elastiCacheOperators, ...ecsOperators, ...eksOperators, ...lambdaOperators, ...messagingOperators,
  ...auditOperators, ...monitoringOperators, ...backupOperators, ...registryOperators, ...apiGatewayOperators, ...scalingOperators,
  ...certificateOperators, ...recoveryOperators, ...cloudFormationOperators, ...athenaOperators, ...organizationOperators, ...systemsManagerOperators,
];
