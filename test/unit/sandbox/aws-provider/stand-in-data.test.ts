import { systemClock } from "../../../../src/platform/clock";
import { silentLogger } from "../../../../src/platform/log";
import { configureStandIn, type Environment } from "../../../../src/sandbox/aws-provider/stand-in-data";

const unset = { region: null, profile: null, access_key: null, secret_key: null };
const sandbox = { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
const context = { clock: systemClock, log: silentLogger };
const configure = (settings: Partial<Record<keyof typeof unset, string>>, environment: Environment) =>
  configureStandIn({ ...unset, ...settings }, environment, context);

test("takes the region of the block before that of the environment", () => {
  expect(configure({ region: "eu-west-1" }, { ...sandbox, AWS_REGION: "us-east-1" }).region).toBe("eu-west-1");
  expect(configure({}, { ...sandbox, AWS_REGION: "us-east-1" }).region).toBe("us-east-1");
  expect(configure({}, { ...sandbox, AWS_REGION: "", AWS_DEFAULT_REGION: "us-west-2" }).region).toBe("us-west-2");
  expect(() => configure({}, sandbox)).toThrow("no AWS region is set");
});

test("has one client per region", () => {
  const data = configure({ region: "eu-west-1" }, sandbox);
  expect(data.in(null)).toBe(data.in("eu-west-1"));
  expect(data.in("us-east-1")).not.toBe(data.in("eu-west-1"));
});

test.each<Environment>([
  {},
  { AWS_ENDPOINT_URL: "" },
  { AWS_ENDPOINT_URL: "https://elasticloadbalancing.us-east-1.amazonaws.com" },
  { AWS_ENDPOINT_URL: "http://127.0.0.1.example.org" },
  { ...sandbox, AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: "https://10.0.0.1" },
])("speaks to a sandbox on this machine only: %j", (environment) => {
  expect(() => configure({ region: "us-east-1" }, environment)).toThrow(/sandbox's stand-in for hashicorp\/aws/);
});

test.each(["http://localhost:1", "http://[::1]:1", "http://127.0.0.1:1"])("%s is this machine", (url) => {
  expect(() => configure({ region: "us-east-1" }, { AWS_ENDPOINT_URL: url })).not.toThrow();
});
