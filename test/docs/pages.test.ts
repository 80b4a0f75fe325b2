import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { cmdletsOf } from "./cmdlets";
import { type Facts, pageOf, permissionCommands, permissionTable } from "./page";
import { ROOT, Sources } from "./sources";

const RESOURCES: Record<string, string> = {
  ExchangePrerequisites: "exchange-prerequisites",
  OAuthCertificate: "oauth-certificate",
  ExchangeAuthServer: "exchange-auth-server",
  PartnerApplication: "partner-application",
  PushNotificationProxy: "push-notification-proxy",
  PushNotificationProbe: "push-notification-probe",
};
const TENANT = [
  "In the tenant: `azuread.getServicePrincipal` and `azuread.ServicePrincipalCertificate` on Exchange Online's principal need " +
    "the Graph role `Application.ReadWrite.All`, or the directory role Application Administrator; `verifyTenantDomain` " +
    "needs `Domain.Read.All` beside it.",
];

/** Compares a file of the documentation with what it should be; with UPDATE_DOCS set, makes it so first. */
function expectFile(file: string, wanted: string): void {
  const whole = path.join(ROOT, file);
  if (process.env.UPDATE_DOCS) writeFileSync(whole, wanted);
  expect(readFileSync(whole, "utf8"), `${file}: run UPDATE_DOCS=1 npx mocha test/docs/pages.test.ts`).to.equal(wanted);
}

describe("the reference", () => {
  let sources: Sources;
  before(() => {
    sources = new Sources();
  });

  for (const [name, folder] of Object.entries(RESOURCES)) {
    it(`says of ${name} what its docstrings say`, () => {
      const facts: Facts = { cmdlets: cmdletsOf(sources, `resources/${folder}`), tenant: [] };
      expectFile(
        `docs/resources/${name}.md`,
        pageOf(sources.describe(name, `resources/${folder}/${folder}.ts`), facts),
      );
    });
  }

  it("says of the component what its docstrings say, and what its children ask for", () => {
    const cmdlets = Object.values(RESOURCES).flatMap((folder) => cmdletsOf(sources, `resources/${folder}`));
    const documented = sources.describe("PushNotificationProxying", "components/push-notification-proxying.ts");
    const facts: Facts = { cmdlets: [...new Set(cmdlets)], tenant: TENANT };
    expectFile("docs/resources/PushNotificationProxying.md", pageOf(documented, facts));
  });

  it("has a page for each resource and for the component, and no other", () => {
    const pages = readdirSync(path.join(ROOT, "docs/resources")).sort();
    const expected = [...Object.keys(RESOURCES), "PushNotificationProxying"].map((name) => `${name}.md`).sort();
    expect(pages).to.deep.equal(expected);
  });

  it("says what id each resource is looked up by, but for the probe, which is nothing that is there", () => {
    const mute = Object.entries(RESOURCES)
      .filter(([name, folder]) => !sources.describe(name, `resources/${folder}/${folder}.ts`).lookup?.id)
      .map(([name]) => name);
    expect(mute).to.deep.equal(["PushNotificationProbe"]);
  });

  it("says something of each argument and of each output, in whole sentences", () => {
    const classes = Object.entries(RESOURCES).map(([name, folder]) =>
      sources.describe(name, `resources/${folder}/${folder}.ts`),
    );
    classes.push(sources.describe("PushNotificationProxying", "components/push-notification-proxying.ts"));
    const mute = classes.flatMap(({ name, arguments: args, outputs }) =>
      [...args, ...outputs].filter(({ text }) => !/[.`]$/.test(text)).map((documented) => `${name}.${documented.name}`),
    );
    expect(mute).to.deep.equal([]);
    expect(classes.every(({ text, example }) => text !== "" && example !== "")).to.equal(true);
  });
});

describe("the page about permissions", () => {
  const file = "docs/permissions.md";

  it("lists every cmdlet with its parameters and roles, and the commands that make the role group", () => {
    const present = readFileSync(path.join(ROOT, file), "utf8");
    const parts = { cmdlets: permissionTable(), commands: `\`\`\`powershell\n${permissionCommands()}\n\`\`\`` };
    let wanted = present;
    for (const [name, text] of Object.entries(parts)) {
      const section = new RegExp(`(<!-- begin ${name} -->\\n)[\\s\\S]*?(<!-- end ${name} -->)`);
      expect(section.test(present), `${file} has a section ${name}`).to.equal(true);
      wanted = wanted.replace(section, (_, begin: string, end: string) => `${begin}${text}\n${end}`);
    }
    expectFile(file, wanted);
  });
});
