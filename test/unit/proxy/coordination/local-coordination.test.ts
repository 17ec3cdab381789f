import { localCoordination } from "../../../../src/proxy/coordination/local-coordination";
import { testCoordination } from "../../../support/coordination-contract";

testCoordination(async () => {
  const one = localCoordination();
  return { replicas: [one, one], waiting: () => new Promise(setImmediate) };
});
