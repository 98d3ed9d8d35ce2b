import { anything, type KnownDimension, type KnownNamespace } from './known-namespace';

const perService = [['ClusterName', 'ServiceName'], ['ClusterName']];
const perInstance = [['InstanceId'], ['AutoScalingGroupName']];
const perFunction = [['FunctionName'], ['FunctionName', 'Resource'], []];
const autoScalingGroup: KnownDimension = {
  resources: [
    { type: 'AWS::AutoScaling::AutoScalingGroup', attributes: ['Ref'], properties: ['AutoScalingGroupName'] },
    { type: 'Custom::NodeGroup', attributes: ['AutoScalingGroupName'] },
  ],
};
const kubernetes: KnownDimension = { resources: [{ type: 'AWS::EKS::Cluster', attributes: ['Ref'], properties: ['Name'] }] };
const fargateNamespace: KnownDimension = { resources: [{ type: 'AWS::EKS::FargateProfile', attributes: [], properties: ['Selectors.*.Namespace'] }] };

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
  'AWS/EKS': {
    page: 'https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html',
    dimensions: { ClusterName: kubernetes },
    metrics: [
      {
        names: [
          ...['apiserver_admission_webhook_request_total', 'apiserver_admission_webhook_request_total_ADMIT', 'apiserver_admission_webhook_request_total_VALIDATING', 'apiserver_current_inflight_requests_MUTATING', 'apiserver_current_inflight_requests_READONLY'],
          ...['DELETE', 'GET', 'LIST', 'PATCH', 'POST', 'PUT'].map((verb) => `apiserver_request_duration_seconds_${verb}_P99`),
          ...['apiserver_request_total', 'apiserver_request_total_429', 'apiserver_request_total_4XX', 'apiserver_request_total_5XX', 'scheduler_pending_pods', 'scheduler_pending_pods_ACTIVEQ', 'scheduler_pending_pods_UNSCHEDULABLE'],
        ],
        dimensions: [['ClusterName']],
      },
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
  ContainerInsights: {
    page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-enhanced-EKS.html',
    // The name of a deployment stands in manifests; of an instance and its node nobody knows it before.
    dimensions: { ClusterName: kubernetes, InstanceId: anything, Namespace: fargateNamespace, NodeName: anything, PodName: anything },
    metrics: [
      { names: ['cluster_failed_node_count', 'cluster_node_count', 'cluster_number_of_running_pods'], dimensions: [['ClusterName']] },
      { names: ['node_cpu_utilization', 'node_filesystem_utilization', 'node_memory_utilization'], dimensions: [['ClusterName'], ['ClusterName', 'InstanceId', 'NodeName']] },
      { names: ['replicas_desired', 'replicas_ready', 'status_replicas_available', 'status_replicas_unavailable'], dimensions: [['ClusterName'], ['ClusterName', 'Namespace', 'PodName']] },
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
