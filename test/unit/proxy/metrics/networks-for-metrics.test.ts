import { networksForMetrics } from "../../../../src/proxy/metrics/networks-for-metrics";

const listen = { host: "127.0.0.1", port: 0, names: ["adp.example.gov"] };

test("the machine itself, behind a terminator nobody, and otherwise who is named", () => {
  expect(networksForMetrics({ listen, metrics: undefined })).toEqual(["127.0.0.0/8", "::1/128"]);
  expect(networksForMetrics({ listen: { ...listen, insecurePlainHttp: true }, metrics: undefined })).toEqual([]);
  const metrics = { cidrs: ["10.0.0.0/8"] };
  expect(networksForMetrics({ listen: { ...listen, insecurePlainHttp: true }, metrics })).toEqual(["10.0.0.0/8"]);
});
