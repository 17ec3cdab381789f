import { teamOf } from "../../../../src/manage-certs/scan/team-of";

const owners = [
  { names: ["login.pay.example.gov"], owner: "Identity" },
  { names: ["*.pay.example.gov", "Pay.Example.Gov"], owner: "Payments", contact: "pay@example.gov" },
  { names: ["*.example.gov"], owner: "Platform" },
];

test.each([
  [["pay.example.gov"], "Payments"],
  [["api.pay.example.gov"], "Payments"],
  [["*.pay.example.gov"], "Payments"],
  [["login.pay.example.gov"], "Identity"],
  [["www.example.gov", "login.pay.example.gov"], "Identity"],
  [["www.example.org", "www.example.gov"], "Platform"],
  [["a.b.pay.example.gov"], undefined],
  [["example.gov"], undefined],
  [["xpay.example.org"], undefined],
  [["localhost"], undefined],
  [[], undefined],
])("%j is of %s", (names, team) => {
  expect(teamOf(names, owners)?.name).toBe(team);
});

test("whom to ask comes with it", () => {
  expect(teamOf(["pay.example.gov"], owners)).toEqual({ name: "Payments", contact: "pay@example.gov" });
});
