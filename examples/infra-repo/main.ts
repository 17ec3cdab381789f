/** Every stack of this repository, and what holds for all of them. */
import { App } from "cdktf";
import { CertificateChecks, CertificateIssuer } from "unexpired";
import { WebService } from "./web-service";

const app = new App();

new WebService(app, "staging", {
  region: "us-east-1",
  zoneName: "example.gov",
  hostName: "staging.example.gov",
  issuer: CertificateIssuer.letsEncrypt({ contactEmail: "tls@example.gov" }),
  network: {
    vpcId: "vpc-0aa1bb2cc3dd4ee51",
    subnetIds: ["subnet-0aa1bb2cc3dd4ee52", "subnet-0aa1bb2cc3dd4ee53"],
    securityGroupId: "sg-0aa1bb2cc3dd4ee54",
  },
});

new WebService(app, "production", {
  region: "us-east-1",
  zoneName: "example.gov",
  hostName: "www.example.gov",
  issuer: CertificateIssuer.acm(),
  network: {
    vpcId: "vpc-0ff1ee2dd3cc4bb51",
    subnetIds: ["subnet-0ff1ee2dd3cc4bb52", "subnet-0ff1ee2dd3cc4bb53"],
    securityGroupId: "sg-0ff1ee2dd3cc4bb54",
  },
});

CertificateChecks.addTo(app, { allowWildcards: false });
app.synth();
