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

test("a state that is locked, and an end by a signal", () => {
  const locked = failureOf("plan", { code: 1, signal: null }, "Error: Error acquiring the state lock\nWho: me\n", hide);
  expect(locked).toMatchObject({ code: "locked", retryable: true });
  const killed = failureOf("apply", { code: null, signal: "SIGKILL" }, "", hide);
  expect(killed.message).toBe("terraform apply was ended by SIGKILL");
});
