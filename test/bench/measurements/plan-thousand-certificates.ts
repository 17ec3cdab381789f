/**
 * A refresh of a thousand certificates against one of a thousand `terraform_data`, which does nothing. The certificates
 * are copies of one that was issued for real, each with an ARN, a name, a generation and a certID of its own.
 */
import { ratio, type Benchmark, type Finding } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { TerraformProject } from "../../support/terraform";
import { emptyPlan, multiplyInstances, withCertificateProject, type PlanWorld } from "../support/plan-world";

const count = 1000;
const rounds = 5;

export const benchmark: Benchmark = {
  subject: "no-change plan of 1,000 certificates",
  measure: () =>
    withCertificateProject(async (world) => {
      await multiplyCertificates(world);
      const baseline = await thousandTerraformData();
      try {
        return await measure(world, baseline);
      } finally {
        await baseline.remove();
      }
    }),
};

async function measure({ project, program }: PlanWorld, baseline: TerraformProject): Promise<Finding[]> {
  const awsCalls: number[] = [];
  let renewalInfoRequests = 0;
  const { theirs, ours } = await mediansInTurn(
    {
      theirs: () => emptyPlan(baseline),
      ours: async () => {
        await program.ask("takeHistory");
        const elapsed = await emptyPlan(project);
        const history = await program.ask("takeHistory");
        awsCalls.push(history.filter(({ part }) => part === "aws").length);
        renewalInfoRequests += history.filter(({ operation }) => operation === "renewalInfo").length;
        return elapsed;
      },
    },
    { rounds },
  );
  const name = `${count} terraform_data`;
  return [
    ratio("plan-1000-certificates", { atMost: 9 }, { name, value: theirs, ours, unit: "ms" }),
    { name: "plan-1000-aws-calls", value: Math.max(...awsCalls), unit: "calls", budget: { atMost: 20 } },
    // each certificate was asked about when it was issued, and the CA's Retry-After is six hours
    { name: "plan-1000-ari-requests", value: renewalInfoRequests, unit: "requests", budget: { atMost: 0 } },
  ];
}

async function multiplyCertificates({ project, program }: PlanWorld): Promise<void> {
  const copies = await program.ask("copyCertificate", count);
  multiplyInstances(project, count, (original, index) => {
    const copy = copies[index];
    if (copy === undefined || original.private === undefined) throw new Error("there is no certificate to copy");
    const known = JSON.parse(Buffer.from(original.private, "base64").toString("utf8")) as {
      readonly data: { readonly certId: string };
    };
    const [authorityKeyId] = known.data.certId.split(".");
    const serial = Buffer.from(`serial ${index}`).toString("base64url");
    const data = { ...known.data, generation: copy.generation, certId: `${authorityKeyId}.${serial}` };
    return {
      ...original,
      attributes: { ...original.attributes, arn: copy.arn, name: copy.name },
      private: Buffer.from(JSON.stringify({ ...known, data })).toString("base64"),
    };
  });
}

async function thousandTerraformData(): Promise<TerraformProject> {
  const hcl = 'resource "terraform_data" "nothing" {\n  count = 1\n  input = "bench/${count.index}"\n}\n';
  const project = await TerraformProject.create({ files: { "main.tf": hcl } });
  await project.init();
  await project.apply();
  multiplyInstances(project, count, (original, index) => {
    const text = `bench/${index}`;
    return {
      ...original,
      attributes: { ...original.attributes, id: `id-${index}`, input: data(text), output: data(text) },
    };
  });
  return project;
}

/** A value of any type in terraform's state. */
const data = (value: string) => ({ value, type: "string" });
