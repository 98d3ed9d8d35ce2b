import { Fn, templatesOf } from '../../src/cfn';
import { Account } from '../../src/cfn/generated/apigateway';
import { serviceRole } from '../modules/security/role';
import type { AccountSettings } from './account';

/**
 * The role by which API Gateway writes the logs of every API of the account in one region: each region has a setting of its own, and
 * refuses an API with logs without it.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export const apiGatewayLogs = templatesOf<AccountSettings>()('api-gateway-logs', { description: 'Role by which API Gateway writes logs in this region', parameters: {} }, (t) => {
  const role = serviceRole(t, 'ApiGatewayLogRole', {
    name: t.resourceName('api-gateway-logs', 'account'),
    description: 'Lets API Gateway write the logs of every API of the account in this region',
    service: 'apigateway.amazonaws.com',
    // API Gateway names no source when it tests the role.
    trustCondition: 'none',
    managedPolicyArns: [Fn.Sub('arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
  });
  t.add('ApiGatewayAccount', new Account({ CloudWatchRoleArn: role.att('Arn') }).keep('Retain'));
  return { ApiGatewayLogRoleArn: role.att('Arn') };
});
