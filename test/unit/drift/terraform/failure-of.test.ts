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

test("a state that is locked, and an end by a signal", () => {
  const locked = failureOf("plan", { code: 1, signal: null }, "Error: Error acquiring the state lock\nWho: me\n", hide);
  expect(locked).toMatchObject({ code: "locked", retryable: true });
  const killed = failureOf("apply", { code: null, signal: "SIGKILL" }, "", hide);
  expect(killed.message).toBe("terraform apply was ended by SIGKILL");
});
