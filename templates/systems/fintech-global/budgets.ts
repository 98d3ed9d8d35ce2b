import type { ServiceBudget } from '../../modules/cost/account-budgets';

/**
 * What single services may cost in a month, under the names by which Cost Explorer and bills know them. Together 4,500 US dollars: of
 * the account's 5,000 the rest is for all else, such as load balancers, NAT gateways, nodes, keys and logs.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_GetDimensionValues.html
 */
export const serviceBudgets: readonly ServiceBudget[] = [
  { id: 'Eks', name: 'eks', title: 'EKS', billedAs: 'Amazon Elastic Container Service for Kubernetes', monthlyUsd: 2000 },
  { id: 'Rds', name: 'rds', title: 'RDS', billedAs: 'Amazon Relational Database Service', monthlyUsd: 1500 },
  { id: 'ElastiCache', name: 'elasticache', title: 'ElastiCache', billedAs: 'Amazon ElastiCache', monthlyUsd: 500 },
  { id: 'DynamoDb', name: 'dynamodb', title: 'DynamoDB', billedAs: 'Amazon DynamoDB', monthlyUsd: 300 },
  { id: 'S3', name: 's3', title: 'S3', billedAs: 'Amazon Simple Storage Service', monthlyUsd: 200 },
];
