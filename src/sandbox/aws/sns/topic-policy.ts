import { areConditionsMet, isAbout, isAllowed, listed, type PolicyStatement } from "../resource-policy";

/** Whether the policy of a topic lets a service of AWS publish to it (SNS developer guide, "Access control"). */
export interface Publisher {
  /** For example `cloudwatch.amazonaws.com`. */
  readonly service: string;
  readonly accountId: string;
}

/**
 * As SNS makes it for a new topic: everybody, as long as the topic's own account is the source. CloudWatch is let in by
 * it, EventBridge is not.
 */
export function firstPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}

export function mayPublish(policy: string, topicArn: string, publisher: Publisher): boolean {
  const { accountId } = publisher;
  const facts = new Map([
    ["aws:sourceaccount", accountId],
    ["aws:sourceowner", accountId],
  ]);
  return isAllowed(
    policy,
    (each) => isPrincipal(each, publisher) && isAbout(each, "sns:Publish", topicArn) && areConditionsMet(each, facts),
  );
}

/** EventBridge is let in by its name alone, and brings nothing that a condition could look at (user guide, "Amazon SNS permissions"). */
function isPrincipal({ Principal, Condition }: PolicyStatement, { service }: Publisher): boolean {
  const isEvents = service === "events.amazonaws.com";
  if (isEvents && Condition !== undefined) return false;
  if (typeof Principal === "string") return Principal === "*";
  if (listed(Principal?.Service).includes(service)) return true;
  return !isEvents && listed(Principal?.AWS).includes("*");
}
