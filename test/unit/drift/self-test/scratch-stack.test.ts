import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeScratchStack } from "../../../../src/drift/self-test/scratch-stack";

let root: string;
let stackFolder: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "scratch-stack-")));
  stackFolder = join(root, "infra/web");
  const files = {
    "modules/names/main.tf": "# beside",
    "infra/web/main.tf": "# the stack",
    "infra/web/terraform.tfstate": "the real one",
    "infra/web/.terraform.lock.hcl": "locked",
    "infra/web/.terraform-version": "1.11.4",
    "infra/web/.terraform/terraform.tfstate": "the real backend",
    "infra/web/.terraform/providers/p": "",
    "infra/web/.terraform/modules/modules.json": "{}",
  };
  for (const [name, text] of Object.entries({ ...files, "work/nothing": "" })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const make = (environment: Readonly<Record<string, string>> = {}) =>
  makeScratchStack({ stackFolder, workFolder: join(root, "work"), state: "planted", environment });

test("the configuration is there, and what is beside it; the state is the planted one, the backend local", async () => {
  const { folder, environment } = await make({ TF_DATA_DIR: "", PATH: "/bin" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  expect([read("main.tf"), read("../../modules/names/main.tf")]).toEqual(["# the stack", "# beside"]);
  expect([read("terraform.tfstate"), read(".terraform-version")]).toEqual(["planted", "1.11.4"]);
  expect(read("zzzz_unexpired_self_test_override.tf")).toContain('backend "local"');
  expect(lstatSync(join(folder, ".terraform.lock.hcl")).isSymbolicLink()).toBe(false);
  expect([existsSync(join(folder, ".terraform/providers/p")), read(".terraform/modules/modules.json")]).toEqual([
    true,
    "{}",
  ]);
  expect(existsSync(join(folder, ".terraform/terraform.tfstate"))).toBe(false);
  expect(environment).toMatchObject({ PATH: "/bin", TF_DATA_DIR: join(folder, ".terraform") });
  expect(readFileSync(join(stackFolder, "terraform.tfstate"), "utf8")).toBe("the real one");
});

test("the workspace that is chosen, in the environment or in the data folder", async () => {
  writeFileSync(join(stackFolder, ".terraform/environment"), "blue");
  const { folder } = await make();
  expect(readFileSync(join(folder, "terraform.tfstate.d/blue/terraform.tfstate"), "utf8")).toBe("planted");
  rmSync(join(root, "work/scratch"), { recursive: true });
  const other = await make({ TF_WORKSPACE: "green" });
  expect(existsSync(join(other.folder, "terraform.tfstate.d/green/terraform.tfstate"))).toBe(true);
});

test("settings of the stack's backend are left out; other arguments stay", async () => {
  const given = "-upgrade=false -backend-config=bucket=x -backend-config key=y";
  const { environment } = await make({ TF_CLI_ARGS_init: given });
  expect(environment.TF_CLI_ARGS_init).toBe("-upgrade=false");
});

test("another backend than the local one is refused before anything is planned", async () => {
  const scratch = await make();
  await expect(scratch.requireOwnBackend()).rejects.toMatchObject({ code: "self_test_failed" });
  const remembered = (type: string) =>
    writeFileSync(join(scratch.folder, ".terraform/terraform.tfstate"), JSON.stringify({ backend: { type } }));
  remembered("s3");
  await expect(scratch.requireOwnBackend()).rejects.toThrow("the copy of the stack has the backend s3");
  remembered("local");
  await expect(scratch.requireOwnBackend()).resolves.toBeUndefined();
});
