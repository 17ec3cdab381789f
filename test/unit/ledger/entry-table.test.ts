import { entryTable } from "../../../src/ledger/entry-table";
import type { LedgerLine } from "../../../src/ledger/ledger-line";

const base: LedgerLine = {
  seq: 1,
  time: "2026-01-02T03:04:05.678Z",
  id: "i",
  event: "certificate.issued",
  outcome: "done",
  actor: { who: "alice@build-7", program: "manage-certs 0.1.0", run: "r" },
  subject: { names: ["app.example.gov", "*.app.example.gov"] },
  why: "due: 12 days left",
};

test("aligned, with what went wrong below", () => {
  const failed: LedgerLine = {
    ...base,
    event: "attachment.changed",
    outcome: "failed",
    subject: { attachment: "listener/web" },
    actor: { ...base.actor, who: "bob" },
    why: undefined,
    error: { code: "handshake_failed", message: "10.0.0.1 serves another certificate" },
  };
  expect(entryTable([base, failed])).toBe(
    [
      "2026-01-02T03:04:05Z  certificate.issued  done    app.example.gov +1  alice@build-7  due: 12 days left",
      "2026-01-02T03:04:05Z  attachment.changed  failed  listener/web        bob",
      "    handshake_failed: 10.0.0.1 serves another certificate",
      "",
    ].join("\n"),
  );
});

test("nobody forges a line with a text", () => {
  const forged = "\u001b[2J\n2026-01-02T03:04:06Z  certificate.issued  done  evil.test\u202e";
  const error = { code: "aws_request", message: forged };
  const lines = entryTable([{ ...base, why: forged, actor: { ...base.actor, who: forged }, error }]).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each([
  [{ certificateArn: "arn:c", attachment: "l" }, "l"],
  [{ stack: "web" }, "web"],
  [{ rule: "policy/x" }, "policy/x"],
  [{}, "-"],
])("what it is about: %j", (subject, text) => {
  expect(entryTable([{ ...base, subject }])).toContain(`done  ${text}  alice`);
});
