import { failureOf } from "../../../../src/drift/terraform/failure-of";

const said = `Planning...
╷
│ Error: cannot read the certificate
│ 
│   with unexpired_certificate.web,
│ token hush-hush was refused
╵
╷
│ Error: another one
╵
`;
const hide = (text: string) => text.replaceAll("hush-hush", "[redacted]");

test("quotes the first diagnostic as one line, without secrets", () => {
  const { code, message } = failureOf("plan", { code: 1, signal: null }, said, hide);
  expect([code, message]).toEqual([
    "terraform_failed",
    "terraform plan ended with 1: cannot read the certificate with unexpired_certificate.web, token [redacted] was refused",
  ]);
});

test.each([
  ["with white space of its own", "Error: refused: hush  hush\n"],
  ["in which a line was broken", "│ Error: refused: hush\n│ hush\n"],
  ["at the place where a long text is cut", `Error: ${"x".repeat(990)} hush  hush\n`],
])("a secret %s", (_, text) => {
  const told = (each: string) => each.replaceAll("hush  hush", "[redacted]").replaceAll("hush hush", "[redacted]");
  expect(failureOf("apply", { code: 1, signal: null }, text, told).message).not.toContain("hush");
});

test("errors without frames are told apart as well", () => {
  const two = "\nError: one\n\n  on main.tf line 7\n\nError: another one\n";
  expect(failureOf("apply", { code: 1, signal: null }, two, hide).message).toMatch(/: one on main.tf line 7$/);
});

test("what only says that a mistake follows is not the mistake", () => {
  const announced = "Error: Terraform encountered problems during initialisation, described below.";
  const two = `${announced}\n\nError: Unsupported block type\n\n  on main.tf line 7\n`;
  const { message } = failureOf("init", { code: 1, signal: null }, two, hide);
  expect(message).toBe("terraform init ended with 1: Unsupported block type on main.tf line 7");
  expect(failureOf("init", { code: 1, signal: null }, announced, hide).message).toContain("encountered problems");
});

test("a state that is locked, and an end by a signal", () => {
  const locked = failureOf("plan", { code: 1, signal: null }, "Error: Error acquiring the state lock\nWho: me\n", hide);
  expect(locked).toMatchObject({ code: "locked", retryable: true });
  const killed = failureOf("apply", { code: null, signal: "SIGKILL" }, "", hide);
  expect(killed.message).toBe("terraform apply was ended by SIGKILL");
});

const denial = (name: string) => `╷
│ Error: the policy does not allow certificate "stack/${name}"
│${" "}
│   with unexpired_certificate.${name},
│   on stack.tf line 2, in resource "unexpired_certificate" "${name}":
│    2: resource "unexpired_certificate" "${name}" {
│${" "}
│ to renew is within the freeze "audit" (policy/frozen, policy.yaml:2); do it
│ from 2999-01-01 on
│ code: policy_denied
╵
`;

test.each([
  ["in frames", (text: string) => text],
  ["without", (text: string) => text.replace(/^[│╷╵] ?/gm, "")],
])("what the policy of our provider denies is told as that, %s", (_, drawn) => {
  const warning = "╷\n│ Warning: the policy about it\n│ \n│ code: policy_denied\n╵\n";
  const words = drawn(`Planning...\n${denial("api")}${warning}${denial("shop")}\nReleasing state lock...\n`);
  const error = failureOf("plan", { code: 1, signal: null }, words, hide);
  const text = 'to renew is within the freeze "audit" (policy/frozen, policy.yaml:2); do it from 2999-01-01 on';
  expect(error).toMatchObject({
    code: "policy_denied",
    message: `unexpired_certificate.api: ${text} (and 1 more)`,
    denials: [
      { address: "unexpired_certificate.api", what: 'certificate "stack/api"', text },
      { address: "unexpired_certificate.shop", what: 'certificate "stack/shop"', text },
    ],
  });
});

test("an apply that was denied something is a failure: it may have done something else", () => {
  expect(failureOf("apply", { code: 1, signal: null }, denial("api"), hide).code).toBe("terraform_failed");
});

test("a denial beside another error is a failure: nothing is passed over", () => {
  const both = failureOf("plan", { code: 1, signal: null }, `${denial("api")}${said}`, hide);
  expect(both).toMatchObject({
    code: "terraform_failed",
    message: expect.stringContaining("the policy does not allow") as string,
  });
});
