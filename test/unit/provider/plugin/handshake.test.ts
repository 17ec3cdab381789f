import { handshakeLine, readInvitation } from "../../../../src/provider/plugin/handshake";

const invited = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "6,5",
  PLUGIN_CLIENT_CERT: "PEM",
  TMPDIR: "/long",
};

test("reads certificate and places for the socket, best first", () => {
  expect(readInvitation({ ...invited, PLUGIN_UNIX_SOCKET_DIR: "/given" })).toEqual({
    clientCertificatePem: "PEM",
    socketParents: ["/given", "/long", "/tmp"],
    logged: false,
  });
});

test.each([
  [{ TF_LOG: "trace" }, true],
  [{ TF_LOG_PROVIDER: "debug" }, true],
  [{ TF_LOG: "" }, false],
  [{ TF_LOG_CORE: "trace" }, false],
])("trace lines are written only where somebody reads them: %j", (change, logged) => {
  expect(readInvitation({ ...invited, ...change }).logged).toBe(logged);
});

test.each([
  [{ TF_PLUGIN_MAGIC_COOKIE: undefined }, "this is a Terraform provider"],
  [{ TF_PLUGIN_MAGIC_COOKIE: "other" }, "this is a Terraform provider"],
  [{ PLUGIN_PROTOCOL_VERSIONS: "5" }, "does not speak plugin protocol 6"],
  [{ PLUGIN_CLIENT_CERT: undefined }, "gave no client certificate"],
])("refuses an environment with %j", (change, message) => {
  expect(() => readInvitation({ ...invited, ...change })).toThrow(message);
});

test("the line has six fields and no padding, which Go's decoder refuses", () => {
  const line = handshakeLine({ network: "unix", address: "/tmp/s" }, Buffer.from([1, 2, 3, 4]));
  expect(line).toBe("1|6|unix|/tmp/s|grpc|AQIDBA\n");
});
