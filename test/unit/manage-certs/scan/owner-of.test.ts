import { ownerOf } from "../../../../src/manage-certs/scan/owner-of";

test.each([
  ["amazon-issued", { "unexpired:name": "x" }, "acm"],
  ["private-ca", {}, "acm"],
  ["acme-endpoint", { ManagedBy: "terraform" }, "acme-client"],
  ["imported", { "unexpired:managed-by": "manage-certs", "unexpired:name": "x" }, "unexpired"],
  ["imported", { "unexpired:managed-by": "somebody" }, "nobody"],
  ["imported", { "unexpired:name": "stack/cert" }, "terraform"],
  ["imported", { ManagedBy: "Terraform" }, "terraform"],
  ["imported", { "managed-by": "OpenTofu 1.9" }, "terraform"],
  ["imported", { provisioner: "cdktf" }, "terraform"],
  ["imported", { Terraform: "true" }, "terraform"],
  ["imported", { terraform: "false" }, "nobody"],
  ["imported", { "managed-by": "ansible", comment: "not terraform" }, "nobody"],
  ["iam", {}, "nobody"],
] as const)("%s with %j: %s", (origin, tags, owner) => {
  expect(ownerOf(origin, tags)).toBe(owner);
});
