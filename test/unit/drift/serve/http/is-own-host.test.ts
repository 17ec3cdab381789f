import { isOwnHost } from "../../../../../src/drift/serve/http/is-own-host";

test.each([
  "127.0.0.1",
  "127.0.0.1:8080",
  "10.1.2.3:9000",
  "[::1]",
  "[::1]:8080",
  "localhost:8080",
  "LOCALHOST.",
  "drift.example.gov",
  "drift.example.gov:443",
])("%s may be said", (host) => expect(isOwnHost(host, ["Drift.example.gov"])).toBe(true));

test.each([
  undefined,
  "",
  "evil.test",
  "evil.test:8080",
  "127.0.0.1.evil.test",
  "[evil]",
  "localhost:8080@evil.test",
  "127.0.0.1/",
  "drift.example.gov.evil.test",
  "[127.0.0.1]",
  "1.2.3",
])("%s may not", (host) => expect(isOwnHost(host, ["drift.example.gov"])).toBe(false));
