/** Rules, their targets and their tags (EventBridge API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import type { CallContext, Operation, Output } from "../service";
import type { EventRule, RuleTarget } from "./event-rules";
import { putEntries } from "./put-entries";

/** Those of the default bus alone, by its name or its ARN. */
function checkBus(input: Input, { region, accountId }: CallContext): void {
  const bus = optionalText(input, "EventBusName") ?? "default";
  if (bus !== "default" && bus !== `arn:aws:events:${region.name}:${accountId}:event-bus/default`)
    throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
}

function operation(member: string, run: Operation["run"], reads = false): Operation {
  return {
    subject: (input) => optionalText(input, member),
    reads,
    run(input, context) {
      checkBus(input, context);
      return run(input, context);
    },
  };
}

function ruleOutput({ arn, settings }: EventRule): Output {
  return {
    Name: settings.name,
    Arn: arn,
    EventPattern: settings.eventPattern,
    ScheduleExpression: settings.scheduleExpression,
    State: settings.state,
    Description: settings.description,
    RoleArn: settings.roleArn,
    EventBusName: "default",
  };
}

const putRule = operation("Name", (input, { region }) => {
  const settings = {
    name: text(input, "Name"),
    description: optionalText(input, "Description"),
    eventPattern: optionalText(input, "EventPattern"),
    scheduleExpression: optionalText(input, "ScheduleExpression"),
    state: optionalText(input, "State") ?? "ENABLED",
    roleArn: optionalText(input, "RoleArn"),
  };
  return { RuleArn: region.eventRules.put(settings, tagPairs(input)).arn };
});

const describeRule = operation(
  "Name",
  (input, { region, accountId }) => ({
    ...ruleOutput(region.eventRules.get(text(input, "Name"))),
    CreatedBy: accountId,
  }),
  true,
);

const listRules = operation(
  "NamePrefix",
  (input, { region, pageSize }) => {
    const prefix = optionalText(input, "NamePrefix") ?? "";
    const { items, next } = page(
      region.eventRules.all().filter(({ settings }) => settings.name.startsWith(prefix)),
      {
        token: optionalText(input, "NextToken"),
        size: pageSize(optionalNumber(input, "Limit"), 100),
        idOf: ({ arn }) => arn,
      },
    );
    return { Rules: items.map(ruleOutput), NextToken: next };
  },
  true,
);

const deleteRule = operation("Name", (input, { region }) => {
  region.eventRules.delete(text(input, "Name"));
  return {};
});

/** What the sandbox keeps of a target: it delivers to topics alone. */
function readTarget(target: Input): RuleTarget {
  return {
    id: text(target, "Id"),
    arn: text(target, "Arn"),
    roleArn: optionalText(target, "RoleArn"),
    input: optionalText(target, "Input"),
    inputPath: optionalText(target, "InputPath"),
  };
}

const putTargets = operation("Rule", (input, { region }) => {
  const rule = region.eventRules.get(text(input, "Rule"));
  const failed = region.eventRules.putTargets(rule, records(input, "Targets").map(readTarget));
  return {
    FailedEntryCount: failed.length,
    FailedEntries: failed.map((TargetId) => ({
      TargetId,
      ErrorCode: "LimitExceededException",
      ErrorMessage: "The requested resource exceeds the maximum number allowed.",
    })),
  };
});

const listTargetsByRule = operation(
  "Rule",
  (input, { region, pageSize }) => {
    const { items, next } = page([...region.eventRules.get(text(input, "Rule")).targets.values()], {
      token: optionalText(input, "NextToken"),
      size: pageSize(optionalNumber(input, "Limit"), 100),
      idOf: ({ id }) => id,
    });
    const Targets = items.map(({ id, arn, roleArn, input: Input, inputPath }) => ({
      Id: id,
      Arn: arn,
      RoleArn: roleArn,
      Input,
      InputPath: inputPath,
    }));
    return { Targets, NextToken: next };
  },
  true,
);

const removeTargets = operation("Rule", (input, { region }) => {
  const { targets } = region.eventRules.get(text(input, "Rule"));
  const missing = texts(input, "Ids").filter((id) => !targets.delete(id));
  return {
    FailedEntryCount: missing.length,
    FailedEntries: missing.map((TargetId) => ({
      TargetId,
      ErrorCode: "ResourceNotFoundException",
      ErrorMessage: `Target ${TargetId} does not exist.`,
    })),
  };
});

const putEvents: Operation = {
  subject: (input) => optionalText(records(input, "Entries")[0] ?? {}, "DetailType"),
  run(input, { region, now }) {
    const { faults, random } = region.account;
    const isLost = () => random() < faults.eventEntryFailureShare;
    const results = putEntries(records(input, "Entries"), { region, now, isLost });
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
  },
};

const listTags = operation(
  "ResourceARN",
  (input, { region }) => ({
    Tags: [...region.eventRules.byArn(text(input, "ResourceARN")).tags].map(([Key, Value]) => ({ Key, Value })),
  }),
  true,
);

const tagResource = operation("ResourceARN", (input, { region }) => {
  const { tags } = region.eventRules.byArn(text(input, "ResourceARN"));
  for (const [key, value] of tagPairs(input)) tags.set(key, value);
  return {};
});

const untagResource = operation("ResourceARN", (input, { region }) => {
  const { tags } = region.eventRules.byArn(text(input, "ResourceARN"));
  for (const key of texts(input, "TagKeys")) tags.delete(key);
  return {};
});

export const ruleOperations = {
  PutRule: putRule,
  DescribeRule: describeRule,
  ListRules: listRules,
  DeleteRule: deleteRule,
  PutTargets: putTargets,
  PutEvents: putEvents,
  ListTargetsByRule: listTargetsByRule,
  RemoveTargets: removeTargets,
  ListTagsForResource: listTags,
  TagResource: tagResource,
  UntagResource: untagResource,
};
