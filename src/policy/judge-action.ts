import type { Found } from "./finding";
import { isWindowOpen } from "./is-window-open";
import { isInScope, type Freeze, type Policy, type Whose, type Window } from "./policy";
import type { ActionRequest } from "./request";
import { listed } from "./words";

/** Windows and freezes. Neither holds back what cannot wait, unless a freeze says so. */
export function judgeAction(policy: Policy, request: ActionRequest, whose: Whose): Found[] {
  const isFor = (entry: Window | Freeze) => entry.actions.includes(request.action) && isInScope(entry, whose);
  const windows = policy.windows.filter(isFor);
  const isOutside = windows.length > 0 && !windows.some((window) => isWindowOpen(window, request.at));
  const freezes = policy.freezes.filter(
    (freeze) => isFor(freeze) && freeze.from <= request.at && request.at < freeze.to,
  );
  const end = endOf(
    policy.freezes.filter((freeze) => isFor(freeze) && !freeze.except.includes(request.urgency)),
    request.at,
  );
  return [...(isOutside ? [outside(windows, request)] : []), ...freezes.map((freeze) => frozen(freeze, request, end))];
}

/** When no freeze holds any more: others may follow, or hold longer. */
function endOf(freezes: readonly Freeze[], at: Date): Date {
  const next = freezes.find(({ from, to }) => from <= at && at < to);
  return next === undefined ? at : endOf(freezes, next.to);
}

function outside(windows: readonly Window[], { action, at, urgency }: ActionRequest): Found {
  const when = listed(windows.map(windowText));
  return {
    rule: "policy/outside-window",
    value: at.toISOString(),
    what: `to ${action} at ${at.toISOString()} is outside the windows for it${exceptedText(urgency)}`,
    fix: urgency === "routine" ? `do it ${when}` : "nothing is to be done: windows do not hold that back",
    path: windows[0]?.path,
    isOnlyTold: urgency !== "routine",
    isDefault: urgency === "compromise",
  };
}

function frozen({ name, except, path }: Freeze, { action, at, urgency }: ActionRequest, end: Date): Found {
  const isExcepted = except.includes(urgency);
  return {
    rule: "policy/frozen",
    value: at.toISOString(),
    what: `to ${action} at ${at.toISOString()} is within the freeze "${name}"${isExcepted ? exceptedText(urgency) : ""}`,
    fix: isExcepted ? "nothing is to be done: the freeze excepts that" : `do it from ${end.toISOString()} on`,
    path,
    isOnlyTold: isExcepted,
    isDefault: isExcepted && urgency === "compromise",
  };
}

function exceptedText(urgency: ActionRequest["urgency"]): string {
  switch (urgency) {
    case "routine":
      return "";
    case "overdue":
      return ", and the certificate is overdue";
    case "compromise":
      return ", and its key is compromised";
  }
}

/** `mon, tue 09:00 to 16:00 Europe/Berlin` */
export function windowText({ days, from, to, timeZone }: Window): string {
  return `${days === undefined ? "every day" : days.join(", ")} ${from} to ${to} ${timeZone}`;
}
