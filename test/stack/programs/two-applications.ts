import { PartnerApplication } from "pulumi-exchange-server";

// Two applications, one after the other, by the ids that the test says.
const { first, second } = JSON.parse(process.env.DECLARED ?? "{}").applications;

const before = new PartnerApplication("first", { applicationIdentifier: first });
new PartnerApplication("second", { applicationIdentifier: second }, { dependsOn: before });
