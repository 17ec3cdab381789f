import { getEventListeners } from "node:events";
import { onAbort } from "../../../src/platform/on-abort";

test("all that wait hear of it once, through one listener", () => {
  const controller = new AbortController();
  const heard: string[] = [];
  onAbort(controller.signal, () => heard.push("one"));
  onAbort(controller.signal, () => heard.push("two"));
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort();
  controller.abort();
  expect(heard).toEqual(["one", "two"]);
});

test("who no longer waits hears nothing, also if the one before ends the wait", () => {
  const controller = new AbortController();
  const heard: string[] = [];
  const forgets: (() => void)[] = [];
  forgets.push(onAbort(controller.signal, () => heard.push("gone")));
  forgets[0]?.();
  onAbort(controller.signal, () => forgets[1]?.());
  forgets.push(onAbort(controller.signal, () => heard.push("ended meanwhile")));
  controller.abort();
  expect(heard).toEqual([]);
});

test("comes in time where an operation joins later", () => {
  const controller = new AbortController();
  const heard: string[] = [];
  onAbort(controller.signal, () => heard.push("early"))();
  onAbort(controller.signal, () => heard.push("late"));
  controller.abort();
  expect(heard).toEqual(["late"]);
});
