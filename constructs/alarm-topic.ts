import type { Construct } from "constructs";
import { SnsTopic, SnsTopicPolicy, type TerraformProvider } from "./engine";

/**
 * A topic that CloudWatch and EventBridge of the same account may publish to; its ARN is known to others once its policy
 * stands (Amazon SNS developer guide, "Example cases for Amazon SNS access control").
 */
export function alarmTopic(
  scope: Construct,
  place: { readonly region?: string; readonly provider?: TerraformProvider },
): string {
  const topic = new SnsTopic(scope, "Topic", { ...place });
  const statement = (Sid: string, Service: string, more: object = {}) => ({
    Sid,
    Effect: "Allow",
    Principal: { Service },
    Action: "sns:Publish",
    Resource: topic.arn,
    ...more,
  });
  const policy = new SnsTopicPolicy(scope, "TopicPolicy", {
    arn: topic.arn,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        statement("Alarms", "cloudwatch.amazonaws.com", {
          Condition: { StringEquals: { "aws:SourceAccount": topic.owner } },
        }),
        // without a condition, as the EventBridge user guide has it ("Amazon SNS permissions")
        statement("Events", "events.amazonaws.com"),
      ],
    }),
    ...place,
  });
  return policy.arn;
}
