"use strict";
/** Required by a program under measurement: at its end, when each terraform that it started ran stands in the file of NOTE_CHILDREN. */
const childProcess = require("node:child_process");
const { basename } = require("node:path");
const { performance } = require("node:perf_hooks");
const { writeFileSync } = require("node:fs");

const ran = [];
const { spawn } = childProcess;
childProcess.spawn = (program, ...rest) => {
  const begin = performance.now();
  const child = spawn(program, ...rest);
  if (basename(program) === "terraform") child.once("exit", () => ran.push({ begin, end: performance.now() }));
  return child;
};
process.on("exit", () => writeFileSync(process.env.NOTE_CHILDREN, JSON.stringify(ran)));
