/**
 * The one import point of the construct engine and of the AWS bindings made for it. Everything else in constructs/
 * imports from here, so that a library with the same interface can stand in for `cdktf` by changing this file alone.
 */
export { Annotations, Aspects, dependable, TerraformProvider, TerraformResource, TerraformStack, Token } from "cdktf";
export type { IAspect, TerraformMetaArguments } from "cdktf";
export { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
export { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
export { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
export { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
export { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
export { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
export { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
export { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
export { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
export { IamRole } from "@cdktf/provider-aws/lib/iam-role";
export { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
export { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
export { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
export { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
export { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
export { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
export { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
