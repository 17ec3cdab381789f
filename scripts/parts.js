"use strict";
/** Which real parts of the field each test project needs, and how to get them. Plain JavaScript: jest reads it unbuilt. */
const { accessSync, constants } = require("node:fs");
const { delimiter, join } = require("node:path");

const projects = [
  { name: "unit", needs: [] },
  { name: "integration", needs: [] },
  { name: "cli", needs: [] },
  { name: "edgegrid", needs: [{ program: "python3", get: "apt-get install python3-edgegrid" }] },
  { name: "pebble", needs: [{ program: "pebble", get: "apt-get install pebble" }] },
  { name: "e2e", needs: [{ program: "terraform", get: "install Terraform 1.11 or later" }] },
];

function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Every project with the parts it lacks here. */
function surveyProjects() {
  return projects.map(({ name, needs }) => ({ name, missing: needs.filter(({ program }) => !onPath(program)) }));
}

/** Names of the projects that can run here; all of them where CI=true, so that a missing part fails. */
function selectProjects() {
  return surveyProjects()
    .filter(({ missing }) => process.env.CI === "true" || missing.length === 0)
    .map(({ name }) => name);
}

module.exports = { surveyProjects, selectProjects };
