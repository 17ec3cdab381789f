"use strict";
/** Required by a program under measurement: at its end, what it took stands in the file of NOTE_USAGE, as node counts it. */
const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.NOTE_USAGE, JSON.stringify(process.resourceUsage())));
