import { findAll } from "../../../../src/manage-certs/findings/find-all";
import { exitCodeOf, summarize } from "../../../../src/manage-certs/report/summary";
import { toText } from "../../../../src/manage-certs/report/text";
import {
  attach,
  bigEstate,
  certificate,
  estate,
  inDays,
  listener,
  sharedEstate,
} from "../../../support/scanned-estate";

test("what is urgent first, with what to do, then certificates in use by their ends", () => {
  expect(toText(bigEstate, findAll(bigEstate)).split("\n")).toEqual([
    "5 certificates, 2 serving points, 2 handshakes in 1 account, 1 region: 1 critical, 1 warning",
    "not looked at: 999988887777 sts: AWS denied sts:AssumeRole; allow it",
    "",
    "!! over.example.gov: it ended 3 days ago and is still in use [expired]",
    "     renew it: manage-certs renew --only arn:aws:acm:us-east-1:111122223333:certificate/over --apply",
    " ! www.example.gov: it ends in 25 days, on 2026-06-26, and is due since 2026-05-27 [expiring]",
    "     renew it: manage-certs renew --only arn:aws:acm:us-east-1:111122223333:certificate/www --apply",
    "1 notice: --json or --html shows them",
    "",
    "ENDS        NAME                         KEY            RENEWED BY  RENEWAL  SERVED AT",
    "3 days ago  over.example.gov             EC_prime256v1  nobody      overdue  web:443 (SNI)",
    "25 days     www.example.gov              RSA_2048       nobody      due      E2QWRUHAPOMQZL",
    "60 days     main.example.gov and 1 more  EC_prime256v1  Terraform   not-due  web:443",
    "188 days    issued.example.gov           EC_prime256v1  ACM         not-due  another service",
    "",
  ]);
});

test("for whom it is, where the configuration says so", () => {
  const lines = toText(sharedEstate, findAll(sharedEstate)).split("\n");
  expect(lines.slice(3, 8)).toEqual([
    "!! over.example.gov: it ended 3 days ago and is still in use [expired]",
    "     renew it: manage-certs renew --only arn:aws:acm:us-east-1:111122223333:certificate/over --apply",
    "     for Payments, pay@example.gov",
    " ! www.example.gov: it ends in 25 days, on 2026-06-26, and is due since 2026-05-27 [expiring]",
    "     renew it: manage-certs renew --only arn:aws:acm:us-east-1:111122223333:certificate/www --apply",
  ]);
  expect(lines.slice(-6)).toEqual([
    "ENDS        NAME                         KEY            RENEWED BY  RENEWAL  TEAM      SERVED AT",
    "3 days ago  over.example.gov             EC_prime256v1  nobody      overdue  Payments  web:443 (SNI)",
    "25 days     www.example.gov              RSA_2048       nobody      due                E2QWRUHAPOMQZL",
    "60 days     main.example.gov and 1 more  EC_prime256v1  Terraform   not-due  Web       web:443",
    "188 days    issued.example.gov           EC_prime256v1  ACM         not-due  Web       another service",
    "",
  ]);
});

test("nothing to do; long lists are cut where nothing urgent is hidden", () => {
  const certificates = Array.from({ length: 22 }, (_, index) => certificate(`c${index}`));
  const attachments = certificates.flatMap((each, index) => attach(listener(`lb${index}`), each));
  const text = toText(estate({ certificates, attachments }), []);
  expect(text).toContain("\nnothing to do\n");
  expect(text).toContain("… and 2 more that end later");
  expect(toText(estate(), [])).toContain("no certificate is in use");
});

test("where something could not be looked at, nothing is said of the whole", () => {
  const failures = [{ service: "sts", error: { code: "invalid_credentials" as const, message: "no credentials" } }];
  const lines = toText(estate({ failures }), []).split("\n");
  expect(lines).toContain("nothing to do in what was seen");
  expect(lines).toContain("no certificate is in use in what was seen");
});

test.each([
  ["nothing", estate({ certificates: [certificate("a")] }), 0],
  ["work", estate({ certificates: [certificate("a", { notAfter: inDays(1), inUseBy: ["x"] })] }), 2],
  ["a part that failed", bigEstate, 1],
])("%s: the exit code is as in all commands", (_, scanned, code) => {
  expect(exitCodeOf(summarize(scanned, findAll(scanned)))).toBe(code);
});
