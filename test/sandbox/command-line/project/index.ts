import * as pulumi from "@pulumi/pulumi";
import { ExchangeAuthServer, OAuthCertificate } from "pulumi-exchange-server";

const certificate = new OAuthCertificate("certificate");
const authServer = new ExchangeAuthServer(
  "auth-server",
  { tenantId: "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63", tenantDomain: "contoso.example" },
  { dependsOn: certificate },
);

export const authServerName = authServer.name;
export const certificatePem = certificate.certificatePem;
export const password = pulumi.secret("hunter2");
