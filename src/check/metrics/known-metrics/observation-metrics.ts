import { anything, type KnownNamespace } from './known-namespace';

/** What observes: events, logs, canaries and objectives. */
export const observationMetrics: Readonly<Record<string, KnownNamespace>> = {
  'AWS/ApplicationSignals': {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-ServiceLevelObjectives.html',
    dimensions: { BurnRateWindowMinutes: anything, SloName: { resources: [{ type: 'AWS::ApplicationSignals::ServiceLevelObjective', attributes: [], properties: ['Name'] }] } },
    metrics: [{ names: ['BurnRate'], dimensions: [['BurnRateWindowMinutes', 'SloName']] }],
  },
  'AWS/Billing': {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html',
    region: 'us-east-1',
    dimensions: { Currency: { values: ['USD'] }, LinkedAccount: anything, ServiceName: anything },
    metrics: [{ names: ['EstimatedCharges'], dimensions: [['Currency'], ['Currency', 'ServiceName'], ['Currency', 'LinkedAccount'], ['Currency', 'LinkedAccount', 'ServiceName']] }],
  },
  'AWS/Events': {
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html',
    dimensions: { RuleName: { resources: [{ type: 'AWS::Events::Rule', attributes: ['Ref', 'RuleName'], properties: ['Name'] }] } },
    metrics: [{ names: ['DeadLetterInvocations', 'FailedInvocations', 'Invocations', 'InvocationsFailedToBeSentToDlq', 'InvocationsSentToDlq', 'ThrottledRules', 'TriggeredRules'], dimensions: [['RuleName']] }],
  },
  'AWS/Logs': {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html',
    dimensions: { DestinationType: anything, FilterName: anything, LogGroupName: { resources: [{ type: 'AWS::Logs::LogGroup', attributes: ['Ref'], properties: ['LogGroupName'] }] } },
    metrics: [
      { names: ['IncomingBytes', 'IncomingLogEvents', 'LogEventsWithFindings'], dimensions: [['LogGroupName'], []] },
      { names: ['DeliveryErrors', 'DeliveryThrottling', 'ForwardedBytes', 'ForwardedLogEvents'], dimensions: [['LogGroupName'], ['DestinationType', 'FilterName', 'LogGroupName']] },
    ],
  },
  CloudWatchSynthetics: {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html',
    dimensions: { CanaryName: { resources: [{ type: 'AWS::Synthetics::Canary', attributes: ['Ref'], properties: ['Name'] }] }, StepName: anything },
    metrics: [
      { names: ['Duration', 'SuccessPercent'], dimensions: [['CanaryName'], ['CanaryName', 'StepName']] },
      { names: ['2xx', '4xx', '5xx', 'Failed', 'Failed requests'], dimensions: [['CanaryName']] },
    ],
  },
};
