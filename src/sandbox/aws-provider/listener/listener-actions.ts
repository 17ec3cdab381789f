/** Actions of a listener between Terraform's form and that of the API. */
import type { Unknown } from "../../../provider/wire/value";
import type { Action } from "../elastic-load-balancing";
import { known } from "../known";
import type { ActionState } from "./listener-schema";
import { refusedActionState } from "./unimplemented";

/** What is planned; only what the provider chooses is unknown. */
export interface PlannedAction {
  readonly order: number | Unknown | null;
  readonly target_group_arn: string | null;
  readonly type: ActionState["type"];
  readonly fixed_response: readonly (Omit<ActionState["fixed_response"][number], "status_code"> & {
    readonly status_code: string | Unknown | null;
  })[];
  readonly forward: ActionState["forward"];
  readonly redirect: ActionState["redirect"];
}

export function actionToApi(action: PlannedAction): Action {
  const [fixed] = action.fixed_response;
  const [forward] = action.forward;
  const [redirect] = action.redirect;
  return {
    Type: action.type,
    Order: known(action.order),
    TargetGroupArn: known(action.target_group_arn),
    FixedResponseConfig: fixed && {
      ContentType: fixed.content_type,
      MessageBody: known(fixed.message_body),
      StatusCode: known(fixed.status_code) ?? "200",
    },
    ForwardConfig: forward && {
      TargetGroups: forward.target_group.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
      TargetGroupStickinessConfig: forward.stickiness.map(({ duration, enabled }) => ({
        DurationSeconds: duration,
        Enabled: enabled,
      }))[0],
    },
    RedirectConfig: redirect && {
      Host: redirect.host,
      Path: redirect.path,
      Port: redirect.port,
      Protocol: redirect.protocol,
      Query: redirect.query,
      StatusCode: redirect.status_code,
    },
  };
}

/**
 * `prior` says in which of its two forms a forward to one group was written; the API answers with both.
 */
export function actionFromApi(action: Action, prior: Partial<ActionState> | undefined): ActionState {
  const { FixedResponseConfig: fixed, RedirectConfig: redirect } = action;
  const short = action.TargetGroupArn !== undefined && (prior?.forward ?? []).length === 0;
  return {
    order: action.Order ?? null,
    target_group_arn: short ? (action.TargetGroupArn ?? null) : null,
    type: action.Type as ActionState["type"],
    fixed_response: fixed
      ? [
          {
            content_type: fixed.ContentType as ActionState["fixed_response"][number]["content_type"],
            message_body: fixed.MessageBody || null,
            status_code: fixed.StatusCode ?? null,
          },
        ]
      : [],
    forward: action.ForwardConfig === undefined || short ? [] : [forwardFromApi(action.ForwardConfig, prior)],
    redirect: redirect
      ? [
          {
            host: redirect.Host ?? "#{host}",
            path: redirect.Path ?? "/#{path}",
            port: redirect.Port ?? "#{port}",
            protocol: (redirect.Protocol ?? "#{protocol}") as ActionState["redirect"][number]["protocol"],
            query: redirect.Query ?? "#{query}",
            status_code: redirect.StatusCode as ActionState["redirect"][number]["status_code"],
          },
        ]
      : [],
    ...refusedActionState,
  };
}

/** Stickiness that is off is answered although it was not written. */
function forwardFromApi(
  { TargetGroups = [], TargetGroupStickinessConfig: stickiness }: NonNullable<Action["ForwardConfig"]>,
  prior: Partial<ActionState> | undefined,
): ActionState["forward"][number] {
  const written = (prior?.forward?.[0]?.stickiness ?? []).length > 0 || stickiness?.Enabled === true;
  return {
    stickiness:
      stickiness !== undefined && written
        ? [{ duration: stickiness.DurationSeconds ?? 0, enabled: stickiness.Enabled ?? false }]
        : [],
    target_group: TargetGroups.map(({ TargetGroupArn, Weight }) => ({
      arn: TargetGroupArn ?? "",
      weight: Weight ?? 1,
    })),
  };
}
