import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfiguration } from "../../../../src/provider/install/cli-configuration";
import { installProvider } from "../../../../src/provider/install/install-provider";
import { platformOf, publicHosts, type ProviderPackage } from "../../../../src/provider/install/provider-package";

let folder: string;
let provider: ProviderPackage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "install-"));
  const bundleFolder = join(folder, "bundle");
  await mkdir(bundleFolder);
  await writeFile(join(bundleFolder, "provider.cjs"), "// one");
  await writeFile(join(bundleFolder, "package.json"), '{"type":"commonjs"}');
  provider = { hosts: publicHosts, namespace: "unexpired", type: "unexpired", version: "1.2.3", bundleFolder };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test("writes the package for both registries, with an executable launcher", async () => {
  const mirror = join(folder, "mirror");
  const { addresses, folders } = await installProvider(provider, { mirror, platforms: ["linux_amd64"] });
  expect(addresses).toEqual(["registry.terraform.io/unexpired/unexpired", "registry.opentofu.org/unexpired/unexpired"]);
  expect(folders[0]).toBe(join(mirror, "registry.terraform.io/unexpired/unexpired/1.2.3/linux_amd64"));
  for (const written of folders) {
    expect((await readdir(written)).sort()).toEqual([
      "package.json",
      "provider.cjs",
      "terraform-provider-unexpired_v1.2.3",
    ]);
    const launcher = join(written, "terraform-provider-unexpired_v1.2.3");
    expect((await stat(launcher)).mode & 0o777).toBe(0o755);
    expect(await readFile(launcher, "utf8")).toContain("unset NODE_OPTIONS");
  }
});

test("replaces the same version as a whole, and leaves nothing half-made", async () => {
  const mirror = join(folder, "mirror");
  const { folders } = await installProvider(provider, { mirror, platforms: ["linux_amd64"] });
  const [first = ""] = folders;
  await writeFile(join(first, "stale.cjs"), "");
  await writeFile(join(provider.bundleFolder, "provider.cjs"), "// two");
  await installProvider(provider, { mirror, platforms: ["linux_amd64"] });
  expect(await readFile(join(first, "provider.cjs"), "utf8")).toBe("// two");
  expect(await readdir(first)).not.toContain("stale.cjs");
  expect(await readdir(join(first, ".."))).toEqual(["linux_amd64"]);
});

test("a bundle that was not built, and a folder that cannot be written, are named", async () => {
  const missing = { ...provider, bundleFolder: join(folder, "none") };
  await expect(installProvider(missing, { mirror: join(folder, "mirror") })).rejects.toMatchObject({
    code: "missing_file",
    hint: "npm run build",
  });
  await writeFile(join(folder, "file"), "");
  await expect(installProvider(provider, { mirror: join(folder, "file") })).rejects.toMatchObject({
    code: "store_unwritable",
  });
});

test("platforms have Go's names; Windows has none", () => {
  expect([platformOf("linux", "x64"), platformOf("darwin", "arm64")]).toEqual(["linux_amd64", "darwin_arm64"]);
  expect(() => platformOf("win32", "x64")).toThrow("there is no provider for win32");
});

test("the configuration takes these providers from the mirror and all others from their registry", () => {
  const addresses = ["registry.terraform.io/unexpired/unexpired"];
  expect(cliConfiguration({ mirror: "/m/${x}", addresses })).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/m/$\${x}"
    include = ["registry.terraform.io/unexpired/unexpired"]
  }
  direct {
    exclude = ["registry.terraform.io/unexpired/unexpired"]
  }
}
`);
  expect(cliConfiguration({ mirror: "/m", addresses, direct: false })).not.toContain("direct");
});
