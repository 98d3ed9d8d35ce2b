import { anything, type KnownDimension, type KnownNamespace } from './known-namespace';

const perService = [['ClusterName', 'ServiceName'], ['ClusterName']];
const perInstance = [['InstanceId'], ['AutoScalingGroupName']];
const perFunction = [['FunctionName'], ['FunctionName', 'Resource'], []];
const autoScalingGroup: KnownDimension = { resources: [{ type: 'AWS::AutoScaling::AutoScalingGroup', attributes: ['Ref'], properties: ['AutoScalingGroupName'] }] };

/** What runs: containers, instances and functions. */
export const computeMetrics: Readonly<Record<string, KnownNamespace>> = {
  'AWS/AutoScaling': {
    page: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html',
    dimensions: { AutoScalingGroupName: autoScalingGroup },
    metrics: [
      {
        names: ['GroupDesiredCapacity', 'GroupInServiceCapacity', 'GroupInServiceInstances', 'GroupMaxSize', 'GroupMinSize', 'GroupPendingCapacity', 'GroupPendingInstances', 'GroupStandbyCapacity', 'GroupStandbyInstances', 'GroupTerminatingCapacity', 'GroupTerminatingInstances', 'GroupTotalCapacity', 'GroupTotalInstances'],
        dimensions: [['AutoScalingGroupName']],
      },
    ],
  },
  'AWS/EC2': {
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html',
    dimensions: {
      AutoScalingGroupName: autoScalingGroup,
      ImageId: anything,
      InstanceId: { resources: [{ type: 'AWS::EC2::Instance', attributes: ['Ref', 'InstanceId'] }] },
      InstanceType: anything,
    },
    metrics: [
      { names: ['CPUUtilization', 'NetworkIn', 'NetworkOut'], dimensions: [...perInstance, [], ['ImageId'], ['InstanceType']] },
      { names: ['NetworkPacketsIn', 'NetworkPacketsOut'], dimensions: [...perInstance, []] },
      { names: ['CPUCreditBalance', 'CPUCreditUsage', 'CPUSurplusCreditBalance', 'CPUSurplusCreditsCharged', 'StatusCheckFailed', 'StatusCheckFailed_AttachedEBS', 'StatusCheckFailed_Instance', 'StatusCheckFailed_System'], dimensions: perInstance },
    ],
  },
  'AWS/ECS': {
    page: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html',
    dimensions: {
      ClusterName: { resources: [{ type: 'AWS::ECS::Cluster', attributes: ['Ref'], properties: ['ClusterName'] }] },
      ServiceName: { resources: [{ type: 'AWS::ECS::Service', attributes: ['Name'], properties: ['ServiceName'] }] },
    },
    metrics: [
      { names: ['CPUUtilization', 'MemoryUtilization'], dimensions: perService },
      { names: ['CPUReservation', 'MemoryReservation', 'GPUReservation'], dimensions: [['ClusterName']] },
    ],
  },
  'AWS/Lambda': {
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html',
    dimensions: {
      FunctionName: { resources: [{ type: 'AWS::Lambda::Function', attributes: ['Ref'], properties: ['FunctionName'] }, { type: 'AWS::Serverless::Function', attributes: ['Ref'], properties: ['FunctionName'] }] },
      Resource: anything,
    },
    metrics: [
      { names: ['ConcurrentExecutions', 'DeadLetterErrors', 'DestinationDeliveryFailures', 'Duration', 'Errors', 'Invocations', 'IteratorAge', 'PostRuntimeExtensionsDuration', 'Throttles'], dimensions: perFunction },
      { names: ['UnreservedConcurrentExecutions'], dimensions: [[]] },
    ],
  },
  'ECS/ContainerInsights': {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html',
    dimensions: {
      ClusterName: { resources: [{ type: 'AWS::ECS::Cluster', attributes: ['Ref'], properties: ['ClusterName'] }] },
      ServiceName: { resources: [{ type: 'AWS::ECS::Service', attributes: ['Name'], properties: ['ServiceName'] }] },
    },
    metrics: [{ names: ['DeploymentCount', 'DesiredTaskCount', 'PendingTaskCount', 'RunningTaskCount', 'TaskSetCount'], dimensions: [['ClusterName', 'ServiceName']] }],
  },
};
