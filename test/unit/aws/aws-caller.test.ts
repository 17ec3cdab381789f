import { AwsCaller, type AwsCallerOptions } from "../../../src/aws/aws-caller";
import { silentLogger } from "../../../src/platform/log";

let now = 0;
let sleeps: number[];

beforeEach(() => {
  now = 0;
  sleeps = [];
});

function caller(changes: Partial<AwsCallerOptions> = {}): AwsCaller {
  return new AwsCaller({
    clock: { now: () => new Date(now) },
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
    random: () => 1,
    logger: silentLogger,
    requestTimeoutMs: 30_000,
    throttleTimeoutMs: 60_000,
    pace: false,
    ...changes,
  });
}

const call = { action: "acm:ImportCertificate", resource: "*", region: "us-east-1" };

function failing(name: string, status: number): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error("no"), { name, $metadata: { httpStatusCode: status } }));
}

test("server errors are tried five times in all, then the last one is told", async () => {
  const send = jest.fn(failing("InternalFailure", 500));
  await expect(caller().call({ ...call, send })).rejects.toMatchObject({ code: "aws_request" });
  expect(send).toHaveBeenCalledTimes(5);
  expect(sleeps).toEqual([200, 400, 800, 1600]);
});

test("what must not be repeated is sent once, and the error says that the outcome is unknown", async () => {
  const send = jest.fn(failing("InternalFailure", 500));
  await expect(caller().call({ ...call, send, repeatable: false })).rejects.toMatchObject({
    code: "aws_ambiguous",
    retryable: false,
  });
  expect(send).toHaveBeenCalledTimes(1);
});

test("what must not be repeated is repeated when it was refused as throttled or never left this machine", async () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const send = jest
    .fn<Promise<string>, []>()
    .mockImplementationOnce(failing("ThrottlingException", 400))
    .mockRejectedValueOnce(refused)
    .mockResolvedValueOnce("done");
  expect(await caller().call({ ...call, send, repeatable: false })).toBe("done");
});

test("throttles do not use up the tries for server errors", async () => {
  const send = jest.fn<Promise<string>, []>();
  for (let count = 0; count < 6; count++) send.mockImplementationOnce(failing("ThrottlingException", 400));
  for (let count = 0; count < 4; count++) send.mockImplementationOnce(failing("InternalFailure", 500));
  send.mockResolvedValueOnce("done");
  expect(await caller().call({ ...call, send })).toBe("done");
});

test("a request that gets no answer in time is a timeout, and ambiguous where it must not be repeated", async () => {
  const hang = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("cut off"))));
  const impatient = caller({ requestTimeoutMs: 1 });
  await expect(impatient.call({ ...call, send: hang })).rejects.toMatchObject({ code: "timeout" });
  await expect(impatient.call({ ...call, send: hang, repeatable: false })).rejects.toMatchObject({
    code: "aws_ambiguous",
  });
});

test("the pace is kept per region", async () => {
  const paced = caller({ pace: true });
  const send = () => Promise.resolve("done");
  await Promise.all([
    paced.call({ ...call, send }),
    paced.call({ ...call, send }),
    paced.call({ ...call, region: "eu-west-1", send }),
    paced.call({ ...call, action: "acm:DescribeCertificate", send }),
  ]);
  expect(sleeps).toEqual([1000]);
});

describe("changes", () => {
  const change = (answer?: { readonly arn: string }) => ({
    kind: "imported" as const,
    ...(answer && { certificateArn: answer.arn }),
  });
  const reported = (send: () => Promise<{ readonly arn: string }>, repeatable = false) => {
    const onChange = jest.fn().mockResolvedValue(undefined);
    const ended = caller({ onChange }).call({ ...call, send, change, repeatable });
    return ended.then(
      () => onChange.mock.calls.flat() as object[],
      () => onChange.mock.calls.flat() as object[],
    );
  };

  test("what AWS did is reported with its request id, once, however often it was tried", async () => {
    const answer = { arn: "arn:c", $metadata: { requestId: "r-1" } };
    const send = jest
      .fn<Promise<{ readonly arn: string }>, []>()
      .mockImplementationOnce(failing("ThrottlingException", 400))
      .mockResolvedValueOnce(answer);
    expect(await reported(send)).toEqual([
      {
        ...{ kind: "imported", certificateArn: "arn:c", action: call.action, region: call.region },
        ...{ outcome: "done", requestId: "r-1" },
      },
    ]);
  });

  test("what AWS may have done is reported as unknown", async () => {
    expect(await reported(failing("InternalFailure", 500))).toMatchObject([
      { kind: "imported", outcome: "unknown", error: { code: "aws_ambiguous" } },
    ]);
  });

  test("what AWS refused is not reported", async () => {
    expect(await reported(failing("ValidationException", 400))).toEqual([]);
  });
});
