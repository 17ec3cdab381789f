import { execFileSync } from "node:child_process";
import { completionScript, type CompletedCommand } from "../../../../src/manage-certs/completion/completion-script";

const option = (name: string) => ({ name, description: `it's ${name}` });
const command = (name: string, more: Partial<CompletedCommand> = {}): CompletedCommand => ({
  ...{ name, description: `does ${name}`, options: [], commands: [] },
  ...more,
});

const program = command("manage-certs", {
  options: [option("--version")],
  commands: [
    command("scan", { options: [option("--json"), option("--regions")] }),
    command("account", { commands: [command("create", { options: [option("--issuer")] }), command("show")] }),
  ],
});

/** What bash offers for the last of these words. */
function offered(...words: readonly string[]): string[] {
  const typed = ["manage-certs", ...words].map((word) => `'${word}'`).join(" ");
  const script = [
    completionScript("bash", program),
    `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}`,
    '_manage_certs; printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim().split("\n");
}

test.each([
  [[""], ["scan", "account", "--version"]],
  [["s"], ["scan"]],
  [
    ["scan", "--"],
    ["--json", "--regions"],
  ],
  [["scan", "--json", "--r"], ["--regions"]],
  [
    ["account", ""],
    ["create", "show"],
  ],
  [["account", "create", "--"], ["--issuer"]],
  [["scan", "x"], [""]],
])("in bash, %j", (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test("zsh is asked to understand it", () => {
  expect(completionScript("zsh", program)).toContain("bashcompinit\n_manage_certs() {");
});

test("fish offers each where it fits, with its description", () => {
  const lines = completionScript("fish", program).split("\n");
  expect(lines).toContain(
    "complete -c manage-certs -n 'not __fish_seen_subcommand_from scan account' -f -a scan -d 'does scan'",
  );
  expect(lines).toContain("complete -c manage-certs -n '__fish_seen_subcommand_from scan' -l json -d 'it\\'s --json'");
  expect(lines).toContain(
    "complete -c manage-certs -n '__fish_seen_subcommand_from account; and __fish_seen_subcommand_from create' -l issuer -d 'it\\'s --issuer'",
  );
});
