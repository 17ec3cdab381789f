/** Policies of topics and queues, which say what services of AWS may do there (IAM user guide, "JSON policy elements"). */
export interface PolicyStatement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Whether a text has the form of a policy. */
export function isPolicy(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && "Statement" in parsed;
  } catch {
    return false;
  }
}

/** A denial counts before any permission (IAM user guide, "Policy evaluation logic"). */
export function isAllowed(policy: string, fits: (statement: PolicyStatement) => boolean): boolean {
  const { Statement: given } = JSON.parse(policy) as {
    readonly Statement?: PolicyStatement | readonly PolicyStatement[];
  };
  const effects = [given ?? []].flat().flatMap((each: PolicyStatement) => (fits(each) ? [each.Effect] : []));
  return effects.includes("Allow") && !effects.includes("Deny");
}

/** Whether a statement is about this action, such as `sqs:SendMessage`, on this resource. */
export function isAbout({ Action, Resource }: PolicyStatement, action: string, resource: string): boolean {
  const [service = "", name = ""] = action.toLowerCase().split(":");
  const named = new Set(["*", `${service}:*`, `${service}:${name}`]);
  return (
    listed(Action).some((each) => named.has(each.toLowerCase())) &&
    listed(Resource).some((each) => each === "*" || each === resource)
  );
}

/** Whether all conditions hold; `facts` by the keys of conditions, in lower case. What is not known does not hold. */
export function areConditionsMet({ Condition = {} }: PolicyStatement, facts: ReadonlyMap<string, string>): boolean {
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const fact = facts.get(key.toLowerCase());
      return (
        fact !== undefined &&
        /^(?:String|Arn)(?:Equals|Like)$/.test(operator) &&
        listed(values).some(like(fact, operator))
      );
    }),
  );
}

export function listed(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/** `*` stands for any characters, but for StringEquals (IAM user guide, "Condition operators"). */
function like(fact: string, operator: string): (pattern: string) => boolean {
  if (operator === "StringEquals") return (pattern) => pattern === fact;
  return (pattern) => {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
    return new RegExp(`^${escaped}$`).test(fact);
  };
}
