import { Roles } from "../../../../../src/sandbox/aws/iam/roles";

const user = "arn:aws:iam::111122223333:user/operator";
const session = "arn:aws:sts::111122223333:assumed-role/ci/run-7";

function assumable(
  trusts: readonly string[],
  callerArn: string,
  ids: { wanted?: string; given?: string } = {},
): boolean {
  const roles = new Roles("999988887777", () => "0".repeat(32));
  const { arn } = roles.create({ name: "scan", trusts, externalId: ids.wanted });
  return roles.assumable(arn, { callerArn, externalId: ids.given }) !== undefined;
}

test.each([
  ["an account", ["111122223333"], user, true],
  ["an account by its root", ["arn:aws:iam::111122223333:root"], session, true],
  ["another account", ["222233334444"], user, false],
  ["a user", [user], user, true],
  ["another user", ["arn:aws:iam::111122223333:user/other"], user, false],
  [
    "the role behind a session, whose path a session does not show",
    ["arn:aws:iam::111122223333:role/ops/ci"],
    session,
    true,
  ],
  ["another role", ["arn:aws:iam::111122223333:role/cd"], session, false],
  ["a role of that name in another account", ["arn:aws:iam::222233334444:role/ci"], session, false],
  ["nobody", [], user, false],
])("trusts %s", (_, trusts, caller, expected) => {
  expect(assumable(trusts, caller)).toBe(expected);
});

test("wants the external ID that the role names", () => {
  expect(assumable(["111122223333"], user, { wanted: "x-1" })).toBe(false);
  expect(assumable(["111122223333"], user, { wanted: "x-1", given: "x-2" })).toBe(false);
  expect(assumable(["111122223333"], user, { wanted: "x-1", given: "x-1" })).toBe(true);
  expect(assumable(["111122223333"], user, { given: "x-1" })).toBe(true);
});
