import { expect } from "chai";
import { family } from "../family";
import { type Deployment, messages, type Run, steps, writes } from "./deployment";
import { beginWith } from "./scenario";

const TENANT = "6f1c0b7e-93d4-4a58-8c2e-7d5b1f0a4e63";
const APPLICATION = "0d7f4b52-5b1c-4c5e-9d2a-1f6f0c9b7a11";
const ACS = {
  name: `ACS - ${TENANT}`,
  realm: TENANT,
  authMetadataUrl: `https://accounts.accesscontrol.windows.net/${TENANT}/metadata/json/1`,
};
const EVO = {
  name: `EvoSts - ${TENANT}`,
  realm: TENANT,
  type: "AzureAD",
  issuerIdentifier: `https://sts.windows.net/${TENANT}/`,
  authMetadataUrl: `https://login.windows.net/${TENANT}/federationmetadata/2007-06/federationmetadata.xml`,
};
const expired = { certificates: [{ key: "auth", notBefore: -1840, notAfter: -3 }] };
const LEFT = "what is left to do: ";

family("an expired certificate that was replaced", () => {
  let deployment: Deployment;
  afterEach(() => deployment.end());

  async function deploy(scenario: object): Promise<Run> {
    deployment = await beginWith({ ...expired, ...scenario }, { program: "resources" });
    deployment.declared = { certificate: {} };
    return deployment.up();
  }

  /** What a person reads of what is left to do. */
  const leftToDo = (run: Run) =>
    messages(run, "warning")
      .filter((text) => text.includes(LEFT))
      .map((text) => text.slice(text.indexOf(LEFT) + LEFT.length));
  const RESTART =
    "(1) so that servers use it now and not within a day, run on one of them as administrator: Invoke-Command " +
    "-ComputerName MBX1.corp.contoso.example,MBX2.corp.contoso.example { Restart-Service MSExchangeServiceHost; " +
    "Restart-WebAppPool MSExchangeOWAAppPool; Restart-WebAppPool MSExchangeECPAppPool }; ";
  const OTHERS = "give it to SharePoint and Skype for Business, if they trust this organisation. See https://learn";
  const WIZARD =
    "(2) run the hybrid configuration wizard again with its OAuth option, or, where a dedicated hybrid application is " +
    "used, upload the certificate to that; ";
  const UPLOAD =
    `(2) upload it to the dedicated hybrid application ${APPLICATION} of the tenant ${TENANT}: ` +
    `.\\ConfigureExchangeHybridApplication.ps1 -UpdateCertificate -CustomAppId ${APPLICATION} (of microsoft/CSS-Exchange; ` +
    "it takes the certificate off the shared Exchange Online principal); ";

  const rows: { title: string; scenario: object; expected: string }[] = [
    { title: "asks for a restart where nothing is hybrid", scenario: {}, expected: `${RESTART}(2) ${OTHERS}` },
    {
      title: "asks for the hybrid wizard, too, where that set the organisation up",
      scenario: { hybridDomains: ["contoso.example"], authServers: [ACS, EVO] },
      expected: `${RESTART}${WIZARD}(3) ${OTHERS}`,
    },
    {
      title: "asks for the upload to the dedicated hybrid application, where there is one",
      scenario: {
        hybridDomains: ["contoso.example"],
        authServers: [ACS, { ...EVO, applicationIdentifier: APPLICATION }],
      },
      expected: `${RESTART}${UPLOAD}(3) ${OTHERS}`,
    },
  ];
  for (const { title, scenario, expected } of rows) {
    it(title, async () => {
      const run = await deploy(scenario);
      expect(messages(run, "error")).to.deep.equal([]);
      expect(writes(run).at(-1)).to.equal("Set-AuthConfig");
      expect(leftToDo(run)).to.have.length(1);
      expect(leftToDo(run)[0]?.slice(0, expected.length)).to.equal(expected);
      expect((await deployment.outputsOf("certificate")).repair).to.deep.equal([]);
    });
  }

  it("asks nothing of what it kept", async () => {
    const run = await deploy({ certificates: [{ key: "auth" }] });
    expect(leftToDo(run)).to.deep.equal([]);
    const asked = run.calls.map(({ cmdlet }) => cmdlet);
    expect(asked.filter((cmdlet) => ["Get-AuthServer", "Get-HybridConfiguration"].includes(cmdlet))).to.deep.equal([]);
  });

  it("is replaced although the account may not see whether the organisation is hybrid", async () => {
    const error = { reason: "UnauthorizedAccessException", category: "PermissionDenied", message: "Access is denied." };
    const kind = "error";
    const faults = ["Get-HybridConfiguration", "Get-AuthServer"].map((cmdlet) => ({
      cmdlet,
      when: "before",
      kind,
      error,
    }));
    const run = await deploy({ faults });
    expect(messages(run, "error")).to.deep.equal([]);
    expect(leftToDo(run)[0]).to.include(
      "if this organisation is hybrid, which this account cannot see, run the hybrid",
    );
  });
});

family("a certificate that has ended by this machine's clock alone", () => {
  const DAY = 24 * 60 * 60 * 1000;
  let deployment: Deployment;
  afterEach(() => deployment.end());

  it("is kept by Exchange's clock, with a warning, and is not asked about again until a refresh finds it ended", async () => {
    const clock = new Date(Date.now() - 30 * DAY).toISOString();
    const scenario = { clock, certificates: [{ key: "auth", notBefore: -400, notAfter: 10 }] };
    deployment = await beginWith(scenario, { program: "resources" });
    deployment.declared = { certificate: {} };
    const differ = (run: Run) =>
      messages(run, "warning").filter((text) => text.includes("by this machine's clock, and not yet by Exchange's"));
    const first = await deployment.up();
    expect(messages(first, "error")).to.deep.equal([]);
    expect(differ(first)).to.have.length(1);
    for (const run of [await deployment.preview(), await deployment.up(), await deployment.refresh()]) {
      expect(steps(run)).to.deep.equal([]);
    }
    expect(differ(await deployment.preview())).to.have.length(1);

    await deployment.edit((state) => {
      state.clockOffset = 0;
    });
    await deployment.refresh();
    const outputs = await deployment.outputsOf("certificate");
    expect(outputs.repair).to.deep.equal(["expired"]);
    expect(writes(await deployment.up()).at(-1)).to.equal("Set-AuthConfig");
    expect(steps(await deployment.up())).to.deep.equal([]);
  });
});
