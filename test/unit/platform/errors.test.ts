import { AppError, isAppError, messageOf, toAppError } from "../../../src/platform/errors";

test("what is ours stays as it is, what is not is wrapped with its cause", () => {
  const ours = new AppError("locked", "somebody else works on it");
  expect(toAppError(ours)).toBe(ours);
  const theirs = new RangeError("out");
  expect(toAppError(theirs, "invalid_argument")).toMatchObject({
    code: "invalid_argument",
    message: "out",
    cause: theirs,
  });
});

test("codes tell errors apart", () => {
  const error: unknown = new AppError("locked", "x");
  expect([
    isAppError(error),
    isAppError(error, "locked"),
    isAppError(error, "timeout"),
    isAppError(new Error()),
  ]).toEqual([true, true, false, false]);
});

test("an aggregate without a message shows its parts", () => {
  expect(messageOf(new AggregateError([new Error("::1 refused"), "127.0.0.1 refused"]))).toBe(
    "::1 refused; 127.0.0.1 refused",
  );
});
