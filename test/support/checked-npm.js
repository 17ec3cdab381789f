"use strict";
/** Stands for npm in the tests of the docs: says nothing where the real one would have something to do, else fails. */
const { scripts, peerDependencies, name, bin } = require("../../package.json");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../..");
const [command, ...rest] = process.argv.slice(2);
const words = rest.filter((word) => !word.startsWith("-"));

function problem() {
  switch (command) {
    case "ci":
      return existsSync(join(root, "package-lock.json")) ? undefined : "there is no package-lock.json";
    case "test":
      return scripts.test === undefined ? "there is no script test" : undefined;
    case "run":
      return scripts[words[0]] === undefined ? `there is no script ${words[0]}` : undefined;
    case "install": {
      const unknown = words.filter((word) => word !== name && peerDependencies[word] === undefined);
      const missing = Object.values(bin).filter((file) => !existsSync(join(root, file)));
      return [...unknown, ...missing].length > 0
        ? `not installable: ${[...unknown, ...missing].join(", ")}`
        : undefined;
    }
    default:
      return `npm ${command} is not in the docs' tests`;
  }
}

const found = problem();
if (found !== undefined) {
  console.error(found);
  process.exitCode = 1;
}
