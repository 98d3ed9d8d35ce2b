import { drop, edit, removed, set, turn } from '../mistakes';
import type { Operator } from '../operator';
import { isObject } from '../json';

const stage = ['AWS::ApiGateway::Stage'];
const methods = ['AWS::ApiGateway::Method'];
const api = ['AWS::ApiGateway::RestApi'];
const overload = ['NIST 800-53 r5 SC-5', 'SOC 2 CC6.6'];
const identity = ['PCI DSS 4.0.1 7.2.5', 'NIST 800-53 r5 AC-3'];
const record = ['PCI DSS 4.0.1 10.2.1', 'NIST 800-53 r5 AU-2'];

/** Mistakes in the APIs of API Gateway. */
export const apiGatewayOperators: readonly Operator[] = [
  { id: 'api-method-open', title: 'A method asks nobody who they are', severity: 'CRITICAL', controls: identity, types: methods, mistake: turn('AuthorizationType', 'NONE') },
  { id: 'api-key-not-asked', title: 'A method asks for no API key: its usage plan limits nobody', severity: 'HIGH', controls: overload, types: methods, mistake: turn('ApiKeyRequired', false) },
  { id: 'api-requests-not-validated', title: 'A method takes any request', severity: 'LOW', controls: ['PCI DSS 4.0.1 6.2.4', 'NIST 800-53 r5 SI-10'], types: methods, mistake: drop('RequestValidatorId') },
  { id: 'api-access-log-removed', title: 'Calls of the API are not recorded', severity: 'HIGH', controls: record, types: [...stage, 'AWS::ApiGatewayV2::Stage'], mistake: (resource) => [...drop('AccessLogSetting')(resource), ...drop('AccessLogSettings')(resource)] },
  { id: 'api-throttle-removed', title: 'One client may use the whole API', severity: 'MEDIUM', controls: overload, types: stage, mistake: edit('MethodSettings', (settings) => (Array.isArray(settings) ? settings.map((one) => (isObject(one) ? Object.fromEntries(Object.entries(one).filter(([name]) => !name.startsWith('Throttling'))) : one)) : undefined)) },
  { id: 'api-bodies-logged', title: 'Bodies of requests are written to the log', severity: 'HIGH', controls: ['PCI DSS 4.0.1 3.3.1', 'GDPR Art. 32'], types: stage, mistake: turn('MethodSettings[].DataTraceEnabled', true) },
  { id: 'api-cache-unencrypted', title: 'Cached answers are not encrypted', severity: 'MEDIUM', controls: ['NIST 800-53 r5 SC-28'], types: stage, mistake: edit('MethodSettings[]', (one) => (isObject(one) ? { ...one, CachingEnabled: true, CacheDataEncrypted: false } : undefined)) },
  { id: 'api-tracing-off', title: 'Calls of the API are not traced', severity: 'LOW', controls: ['NIST 800-53 r5 AU-12'], types: stage, mistake: turn('TracingEnabled', false) },
  { id: 'api-old-tls', title: 'The domain of the API accepts TLS 1.0', severity: 'HIGH', controls: ['PCI DSS 4.0.1 4.2.1', 'NIST 800-53 r5 SC-8'], types: ['AWS::ApiGateway::DomainName'], mistake: turn('SecurityPolicy', 'TLS_1_0') },
  { id: 'api-default-endpoint', title: 'The API answers at its default address, past the web application firewall of the domain', severity: 'MEDIUM', controls: ['PCI DSS 4.0.1 6.4.2', 'NIST 800-53 r5 SC-7'], types: api, mistake: turn('DisableExecuteApiEndpoint', false) },
  { id: 'api-policy-anybody', title: 'The resource policy of the API lets anybody call', severity: 'HIGH', controls: identity, types: api, mistake: set('Policy', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }] }) },
  { id: 'usage-plan-quota-removed', title: 'The usage plan has no quota', severity: 'MEDIUM', controls: overload, types: ['AWS::ApiGateway::UsagePlan'], mistake: drop('Quota') },
  { id: 'usage-plan-throttle-removed', title: 'The usage plan does not throttle', severity: 'MEDIUM', controls: overload, types: ['AWS::ApiGateway::UsagePlan'], mistake: drop('Throttle') },
  { id: 'usage-plan-throttle-endless', title: 'The usage plan throttles at a rate that nobody reaches', severity: 'MEDIUM', controls: overload, types: ['AWS::ApiGateway::UsagePlan'], mistake: turn('Throttle.RateLimit', 1_000_000) },
  { id: 'api-key-in-plain-text', title: 'The API key stands in the template', severity: 'HIGH', controls: ['PCI DSS 4.0.1 8.6.2', 'NIST 800-53 r5 IA-5(7)'], types: ['AWS::ApiGateway::ApiKey'], mistake: set('Value', 'wJalrXUtnFEMIK7MDENGbPxRfiCY') },
  { id: 'api-role-for-logs-removed', title: 'API Gateway may not write logs: the account has no role for it', severity: 'MEDIUM', controls: record, types: ['AWS::ApiGateway::Account'], mistake: removed },
];
