import { AwsAccess } from "../../../src/aws/aws-access";
import { sdk } from "../../../src/aws/sdk";

function loadedClients(): string[] {
  return Object.keys(require.cache).filter((path) => /@aws-sdk[\\/]client-/.test(path));
}

test("nothing of the SDK is loaded before a call", async () => {
  const access = new AwsAccess({ region: "us-east-1" });
  const store = access.certificates();
  expect(access.certificates("us-east-1")).toBe(store);
  expect(access.certificates("eu-west-1")).not.toBe(store);
  access.loadBalancers();
  access.secrets();
  expect(loadedClients()).toEqual([]);

  const signal = AbortSignal.abort();
  await expect(store.listAll({ signal })).rejects.toMatchObject({ code: "aborted" });
  expect(loadedClients()).toEqual([]);

  // The registry that was looked at does show the client once it is asked for.
  sdk.acm();
  expect(loadedClients()).not.toEqual([]);
  access.close();
});
