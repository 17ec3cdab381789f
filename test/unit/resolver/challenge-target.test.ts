import { challengeTarget } from "../../../src/resolver/challenge-target";

const resolve = (cnames: Record<string, string>) =>
  challengeTarget("_acme-challenge.app.example.gov", { cnameOf: async (name) => cnames[name] });

test("without a CNAME it is the name itself", async () => {
  await expect(resolve({})).resolves.toBe("_acme-challenge.app.example.gov");
});

test("CNAMEs are followed to their end", async () => {
  const cnames = {
    "_acme-challenge.app.example.gov": "x.acme.example.net",
    "x.acme.example.net": "y.acme.example.net",
  };
  await expect(resolve(cnames)).resolves.toBe("y.acme.example.net");
});

test("a loop is an error that shows it", async () => {
  const cnames = {
    "_acme-challenge.app.example.gov": "x.example.net",
    "x.example.net": "_acme-challenge.app.example.gov",
  };
  await expect(resolve(cnames)).rejects.toMatchObject({
    code: "dns_conflict",
    message: expect.stringContaining("→") as string,
  });
});
