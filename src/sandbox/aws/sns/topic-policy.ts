/** Whether the policy of a topic lets a service of AWS publish to it (SNS developer guide, "Access control"). */
export interface Publisher {
  /** For example `cloudwatch.amazonaws.com`. */
  readonly service: string;
  readonly accountId: string;
}

interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
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

/** A denial counts before any permission (IAM user guide, "Policy evaluation logic"). */
export function mayPublish(policy: string, topicArn: string, publisher: Publisher): boolean {
  const { Statement: given } = JSON.parse(policy) as { readonly Statement?: Statement | readonly Statement[] };
  const statements: readonly Statement[] = [given ?? []].flat();
  const effects = statements.filter((each) => fits(each, topicArn, publisher)).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

function fits({ Principal, Action, Resource, Condition }: Statement, topicArn: string, publisher: Publisher): boolean {
  return (
    isPrincipal(Principal, publisher, Condition !== undefined) &&
    list(Action).some((action) => /^(?:\*|sns:(?:\*|publish))$/i.test(action)) &&
    list(Resource).some((resource) => resource === "*" || resource === topicArn) &&
    Object.entries(Condition ?? {}).every(([operator, keys]) => holds(operator, keys, publisher))
  );
}

/** EventBridge is let in by its name alone, and brings nothing that a condition could look at (user guide, "Amazon SNS permissions"). */
function isPrincipal(principal: Statement["Principal"], { service }: Publisher, hasCondition: boolean): boolean {
  const isEvents = service === "events.amazonaws.com";
  if (isEvents && hasCondition) return false;
  if (typeof principal === "string") return principal === "*";
  if (list(principal?.Service).includes(service)) return true;
  return !isEvents && list(principal?.AWS).includes("*");
}

function holds(operator: string, keys: Readonly<Record<string, string | readonly string[]>>, { accountId }: Publisher) {
  const facts = new Map([
    ["aws:sourceaccount", accountId],
    ["aws:sourceowner", accountId],
  ]);
  return Object.entries(keys).every(([key, values]) => {
    const fact = facts.get(key.toLowerCase());
    return fact !== undefined && /^String(?:Equals|Like)$/.test(operator) && list(values).includes(fact);
  });
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
