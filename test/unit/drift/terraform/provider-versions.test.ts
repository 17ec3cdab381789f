import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerVersions } from "../../../../src/drift/terraform/provider-versions";

const folder = mkdtempSync(join(tmpdir(), "provider-versions-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("as terraform writes them; none where there is no file", async () => {
  expect(await providerVersions(folder)).toEqual({});
  const text = `# This file is maintained automatically by "terraform init".

provider "registry.terraform.io/hashicorp/aws" {
  version     = "6.25.0"
  constraints = "6.25.0"
  hashes = [
    "h1:abc=",
  ]
}

provider "registry.terraform.io/unexpired/unexpired" {
  version = "0.1.0"
}
`;
  writeFileSync(join(folder, ".terraform.lock.hcl"), text);
  expect(await providerVersions(folder)).toEqual({
    "registry.terraform.io/hashicorp/aws": "6.25.0",
    "registry.terraform.io/unexpired/unexpired": "0.1.0",
  });
});
