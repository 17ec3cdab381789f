"use strict";
/** Reads a plan as terraform shows it in JSON, judges it by every guard and sums it up: what drift-check does between terraforms. */
const { readFileSync } = require("node:fs");
const { defaultConfig } = require("../../../dist/src/drift/config/config");
const { judgePlan } = require("../../../dist/src/drift/judge-plan");
const { planChecksum } = require("../../../dist/src/drift/plan/plan-checksum");
const { readPlan } = require("../../../dist/src/drift/plan/read-plan");

const plan = readPlan(readFileSync(process.argv[2], "utf8"));
const versions = { terraform: plan.terraformVersion, providers: {} };
const { verdict, findings } = judgePlan(plan, {
  now: plan.plannedAt,
  limits: defaultConfig.limits,
  freezes: [],
  followers: {},
  versions: { before: versions, now: versions },
});
process.stdout.write(JSON.stringify({ verdict, findings: findings.length, checksum: planChecksum(plan) }));
