import { UNKNOWN } from "../../../../../src/provider/wire/value";
import {
  actionFromApi,
  actionToApi,
  type PlannedAction,
} from "../../../../../src/sandbox/aws-provider/listener/listener-actions";
import type { ActionState } from "../../../../../src/sandbox/aws-provider/listener/listener-schema";
import { refusedActionState } from "../../../../../src/sandbox/aws-provider/listener/unimplemented";

const group = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/1";

const none: ActionState = {
  order: 1,
  target_group_arn: null,
  type: "forward",
  fixed_response: [],
  forward: [],
  redirect: [],
  ...refusedActionState,
};

test.each<[string, ActionState]>([
  [
    "fixed response",
    {
      ...none,
      type: "fixed-response",
      fixed_response: [{ content_type: "text/plain", message_body: "no", status_code: "404" }],
    },
  ],
  [
    "fixed response without a body",
    {
      ...none,
      type: "fixed-response",
      fixed_response: [{ content_type: "text/html", message_body: null, status_code: "200" }],
    },
  ],
  [
    "redirect",
    {
      ...none,
      type: "redirect",
      redirect: [
        {
          host: "#{host}",
          path: "/#{path}",
          port: "443",
          protocol: "HTTPS",
          query: "#{query}",
          status_code: "HTTP_301",
        },
      ],
    },
  ],
  ["forward to one group", { ...none, target_group_arn: group }],
  ["forward as a block", { ...none, forward: [{ target_group: [{ arn: group, weight: 1 }], stickiness: [] }] }],
  [
    "forward with stickiness",
    {
      ...none,
      forward: [{ target_group: [{ arn: group, weight: 3 }], stickiness: [{ duration: 60, enabled: true }] }],
    },
  ],
])("%s comes back as it was sent", (_, action) => {
  expect(actionFromApi(actionToApi(action), action)).toEqual(action);
});

test("a forward to one group is kept in the form it was written in, although the API answers with both", () => {
  const answer = {
    Type: "forward" as const,
    Order: 1,
    TargetGroupArn: group,
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: group, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false, DurationSeconds: 3600 },
    },
  };
  const short = { ...none, target_group_arn: group };
  const block = { ...none, forward: [{ target_group: [{ arn: group, weight: 1 }], stickiness: [] }] };
  expect(actionFromApi(answer, short)).toEqual(short);
  expect(actionFromApi(answer, block)).toEqual(block);
  expect(actionFromApi(answer, undefined)).toEqual(short);
});

test("what the provider chooses is left out of the request, but for the status of a fixed response", () => {
  const planned: PlannedAction = {
    ...none,
    order: UNKNOWN,
    type: "fixed-response",
    fixed_response: [{ content_type: "text/plain", message_body: null, status_code: UNKNOWN }],
  };
  expect(JSON.parse(JSON.stringify(actionToApi(planned)))).toEqual({
    Type: "fixed-response",
    FixedResponseConfig: { ContentType: "text/plain", StatusCode: "200" },
  });
});
