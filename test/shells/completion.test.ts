/** `manage-certs completion`, by the shells themselves. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { unbuilt } from "../support/unbuilt";

const program = resolve(__dirname, "../../src/bin/manage-certs.ts");

/** What each shell makes of words that were typed, with the script in `$1` and the words in `$2`. */
const completing = {
  bash: `
    source "$1"; COMP_WORDS=($2); [[ $2 == *" " ]] && COMP_WORDS+=(""); COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
    _manage_certs; printf "%s\\n" "\${COMPREPLY[@]}"`,
  // a terminal of its own, in which the tab key is pressed
  zsh: `
    zmodload zsh/zpty
    export TERM=dumb COLUMNS=500
    zpty -b typing zsh -f -i
    zpty -w typing "PROMPT=; source \${(q)1}; print REA''DY"
    read_until() { for try in {1..300}; do zpty -r -t typing line && seen+=$line; [[ $seen == \${~1} ]] && return; sleep 0.1; done }
    seen=; read_until '*READY*'
    seen=; zpty -w -n typing "$2"$'\\t'
    read_until "*$3*"
    zpty -d typing
    print -r -- $seen`,
  fish: `source $argv[1]; complete -C $argv[2]`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "completion-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const quiet = { bash: ["--norc", "-c"], zsh: ["-f", "-c"], fish: ["--no-config", "-c"] };

function completed(shell: keyof typeof completing, typed: string, awaited: string): string {
  const env = { PATH: process.env.PATH, HOME: folder };
  const script = join(folder, `script.${shell}`);
  writeFileSync(script, execFileSync(process.execPath, [...unbuilt, program, "completion", shell], { env }));
  // fish has no name of the script before the arguments
  const args = shell === "fish" ? [script, typed] : [shell, script, typed, awaited];
  return execFileSync(shell, [...quiet[shell], completing[shell], ...args], { encoding: "utf8", env, cwd: folder });
}

describe.each(["bash", "zsh", "fish"] as const)("%s", (shell) => {
  test.each([
    ["manage-certs sc", "scan"],
    ["manage-certs scan --js", "--json"],
    ["manage-certs scan --json --reg", "--regions"],
    ["manage-certs account rol", "rollover"],
    ["manage-certs renew --can", "--canary"],
  ])("%s becomes %s", (typed, word) => {
    expect(completed(shell, typed, word)).toMatch(new RegExp(`(^|\\s)${word}\\s`));
  });
});
