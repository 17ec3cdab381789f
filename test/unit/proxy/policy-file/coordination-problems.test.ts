import { parsePolicyFile } from "../../../../src/proxy/policy-file/parse-policy-file";

const rest = `
listen: { port: 0, insecurePlainHttp: true, names: [adp.example.gov] }
masterKey: { env: KEY }
audit: { file: a.jsonl }
`;
const parse = (coordination: string) => parsePolicyFile(`coordination: ${coordination}\n${rest}`, "adp.yaml");

test("a URL without a password, or the name of a variable", () => {
  const url = "postgres://adp@db.example.gov/adp?sslmode=verify-full";
  expect(parse(`{ postgres: "${url}" }`).coordination).toEqual({ postgres: url });
  expect(parse("{ postgresEnv: ADP_DATABASE }").coordination).toEqual({ postgresEnv: "ADP_DATABASE" });
  expect(parsePolicyFile(rest, "adp.yaml").coordination).toBeUndefined();
});

test.each([
  ["{ postgres: postgres://adp:secret@db/adp }", "1:27: the URL holds a password; leave it out: set PGPASSWORD"],
  ["{ postgres: 'postgresql://adp@db/adp?password=x' }", "1:27: the URL holds a password"],
  ["{ postgres: mysql://db/adp }", "1:27: this is not a URL of PostgreSQL; write postgres://USER@HOST/DATABASE"],
  ["{ postgres: db.example.gov }", "1:27: this is not a URL of PostgreSQL"],
  ["{}", "1:15: coordination needs either postgres or postgresEnv"],
  ["{ postgres: postgres://db/adp, postgresEnv: X }", "1:15: coordination needs either postgres or postgresEnv"],
  ["{ postgre: postgres://db/adp }", '1:17: unknown key "postgre"; did you mean "postgres"?'],
])("%s is a mistake", (text, message) => {
  const refused = () => parse(text);
  expect(refused).toThrow(`adp.yaml:${message}`);
  expect(refused).not.toThrow("secret");
});
