import { isIntrinsic, isObject } from '../json';
import { drop, edit, onlyFirst, replace, set } from '../mistakes';
import type { Mistake, Operator } from '../operator';

const functions = ['AWS::Lambda::Function'];
const permission = ['AWS::Lambda::Permission'];
const access = ['NIST 800-53 r5 AC-3', 'PCI DSS 4.0.1 7.2.5'];

/** Mistakes in functions and in who may call them. */
export const lambdaOperators: readonly Operator[] = [
  { id: 'lambda-anybody-calls', title: 'Anybody may call the function', severity: 'CRITICAL', controls: access, types: permission, mistake: (resource) => edit('$.Properties', (own) => (isObject(own) ? { ...Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith('Source'))), Principal: '*' } : undefined))(resource) },
  { id: 'lambda-service-any-account', title: 'A service may call the function on behalf of any account', severity: 'HIGH', controls: access, types: permission, mistake: (resource) => edit('$.Properties', (own) => (isObject(own) ? Object.fromEntries(Object.entries(own).filter(([name]) => !name.startsWith('Source'))) : undefined))(resource) },
  { id: 'lambda-service-any-source', title: 'Any resource of a service may call the function: the source is gone', severity: 'MEDIUM', controls: access, types: permission, mistake: drop('SourceArn') },
  { id: 'lambda-any-action', title: 'The caller may also change the function', severity: 'HIGH', controls: access, types: permission, mistake: set('Action', 'lambda:*') },
  { id: 'lambda-secret-in-environment', title: 'A password stands in an environment variable', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: functions, mistake: inEnvironment('DB_PASSWORD', 'Winter-2026-kasha') },
  { id: 'lambda-token-in-environment', title: 'A token stands in an environment variable of innocent name', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: functions, mistake: inEnvironment('UPSTREAM', 'https://svc:hunter2-2026@partner.example.com/') },
  { id: 'lambda-old-runtime', title: 'The function runs on a runtime out of support', severity: 'HIGH', controls: ['PCI DSS 4.0.1 6.3.3', 'NIST 800-53 r5 SI-2'], types: functions, mistake: set('Runtime', 'nodejs14.x') },
  { id: 'lambda-log-group-default', title: 'The function writes to a log group that nobody declared: it is kept for ever and unencrypted', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 10.5.1', 'NIST 800-53 r5 AU-11'], types: functions, mistake: drop('LoggingConfig') },
  { id: 'lambda-environment-key-of-aws', title: 'Environment variables are encrypted with a key that we do not control', severity: 'LOW', controls: ['PCI DSS 4.0.1 3.6.1'], types: functions, mistake: drop('KmsKeyArn') },
  { id: 'lambda-one-subnet', title: 'The function stands in one subnet', severity: 'MEDIUM', controls: ['NIST 800-53 r5 CP-10'], types: functions, mistake: onlyFirst('VpcConfig.SubnetIds', 1) },
  { id: 'lambda-outside-network', title: 'The function left the network', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SC-7'], types: functions, mistake: drop('VpcConfig') },
  { id: 'lambda-failures-lost', title: 'Events that the function failed on are lost', severity: 'MEDIUM', controls: ['SOC 2 CC7.2'], types: functions, mistake: drop('DeadLetterConfig') },
  { id: 'lambda-unlimited', title: 'The function may use all concurrency of the account', severity: 'LOW', controls: ['NIST 800-53 r5 SC-5'], types: functions, mistake: drop('ReservedConcurrentExecutions') },
  { id: 'lambda-tracing-off', title: 'Calls of the function are not traced', severity: 'LOW', controls: ['NIST 800-53 r5 AU-12'], types: functions, mistake: drop('TracingConfig') },
  { id: 'lambda-public-url', title: 'The URL of the function asks for no credentials', severity: 'CRITICAL', controls: access, types: ['AWS::Lambda::Url'], mistake: set('AuthType', 'NONE') },
  { id: 'lambda-role-of-others', title: 'The function acts as the administrator of the account', severity: 'CRITICAL', controls: ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-6'], types: functions, mistake: replace('Role', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Administrator' }) },
];

function inEnvironment(name: string, value: string): Mistake {
  return edit('Environment', (environment) => {
    const variables = isObject(environment) && isObject(environment.Variables) ? environment.Variables : {};
    return isIntrinsic(environment) || isIntrinsic(variables) ? undefined : { Variables: { ...variables, [name]: value } };
  });
}
