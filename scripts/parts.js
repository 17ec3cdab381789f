"use strict";
/** Which real parts of the field each test project needs, and how to get them. Plain JavaScript: jest reads it unbuilt. */
const { accessSync, constants, existsSync, readdirSync } = require("node:fs");
const { delimiter, join } = require("node:path");

const projects = [
  { name: "unit", needs: [] },
  { name: "integration", needs: [] },
  { name: "cli", needs: [] },
  { name: "edgegrid", needs: [{ program: "python3", get: "apt-get install python3-edgegrid" }] },
  { name: "pebble", needs: [{ program: "pebble", get: "apt-get install pebble" }] },
  { name: "postgres", needs: [{ program: "postgres", get: "apt-get install postgresql" }] },
  { name: "nginx", needs: [{ program: "nginx", get: "apt-get install nginx-light" }] },
  { name: "browser", needs: [{ program: "chromium", get: "apt-get install chromium" }] },
  {
    name: "prometheus",
    needs: [
      { program: "prometheus", get: "apt-get install prometheus" },
      { program: "promtool", get: "apt-get install prometheus" },
      { program: "prometheus-alertmanager", get: "apt-get install prometheus-alertmanager" },
      { program: "amtool", get: "apt-get install prometheus-alertmanager" },
    ],
  },
  {
    name: "shells",
    needs: [
      { program: "bash", get: "apt-get install bash" },
      { program: "zsh", get: "apt-get install zsh" },
      { program: "fish", get: "apt-get install fish" },
    ],
  },
  { name: "packaging", needs: [{ program: "systemd-analyze", get: "apt-get install systemd" }] },
  {
    name: "real-clients",
    needs: [
      { program: "python3", get: "apt-get install python3-edgegrid" },
      { program: "go", get: "apt-get install golang-go" },
      {
        file: "/usr/share/gocode/src/github.com/go-acme/lego",
        program: "the lego library",
        get: "apt-get install golang-github-xenolf-lego-dev",
      },
    ],
  },
  { name: "e2e", needs: [{ program: "terraform", get: "install Terraform 1.11 or later" }] },
];

/** Debian keeps PostgreSQL's own programs off PATH, a folder for each version. */
function versionedFolders() {
  const root = "/usr/lib/postgresql";
  try {
    return readdirSync(root).map((version) => join(root, version, "bin"));
  } catch {
    return [];
  }
}

/** The program's path, or undefined. */
function findProgram(program) {
  return [...versionedFolders(), ...(process.env.PATH ?? "").split(delimiter)]
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The path, or undefined if nothing is there. */
function findFile(path) {
  return existsSync(path) ? path : undefined;
}

/** Every project with the parts it lacks here. */
function surveyProjects() {
  return projects.map(({ name, needs }) => ({
    name,
    missing: needs.filter(
      ({ program, file }) => (file === undefined ? findProgram(program) : findFile(file)) === undefined,
    ),
  }));
}

/** Names of the projects that can run here; all of them where CI=true, so that a missing part fails. */
function selectProjects() {
  return surveyProjects()
    .filter(({ missing }) => process.env.CI === "true" || missing.length === 0)
    .map(({ name }) => name);
}

module.exports = { findFile, findProgram, surveyProjects, selectProjects };
