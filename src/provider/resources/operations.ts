/** What the front of the provider loads at the first read, plan or apply; a bundle of its own. */
export { certificateOperations } from "./certificate/operations";
export { dnsRecordOperations } from "./dns-record/operations";
export { rolloutOperations } from "./rollout/operations";
