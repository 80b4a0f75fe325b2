import { expect } from "chai";
import { family } from "../family";
import { type Deployment, messages, type Run, steps } from "./deployment";
import { beginWith } from "./scenario";

const SERVERS = [{ name: "MBX1" }, { name: "MBX2" }];
const ADDED = [
  "create certificate-2",
  "create key-credential-2",
  "create hold",
  "create hold-2",
  "create rollover",
] as const;

family("the preview of a renewal says that the key credential of the current certificate stays", () => {
  let deployment: Deployment;
  const declare = (certificateGenerations: number[]) => {
    deployment.declared = { component: { certificateGenerations } };
  };
  const succeeded = async (operation: Promise<Run>) => {
    const run = await operation;
    expect(messages(run, "error")).to.deep.equal([]);
    return run;
  };

  beforeEach(async () => {
    const certificates = [{ key: "auth" }, { key: "theirs", notBefore: -1, notAfter: 1800 }];
    deployment = await beginWith({ servers: SERVERS, certificates }, { program: "component" });
    declare([1]);
    await succeeded(deployment.up());
  });
  afterEach(() => deployment.end());

  it("where another hand has made its own current before", async () => {
    const { servers, authConfig } = await deployment.organisation();
    const everywhere = (thumbprint: string) =>
      servers.every(({ certificates }) => certificates.some((one) => one.thumbprint === thumbprint));
    const theirs = servers[0]?.certificates.find(
      ({ thumbprint }) => thumbprint !== authConfig.current && everywhere(thumbprint),
    );
    await deployment.exchange("Set-AuthConfig", { CertificateThumbprint: theirs?.thumbprint ?? "", Force: true });
    await succeeded(deployment.refresh());
    expect(steps(await succeeded(deployment.up()))).to.include("replace key-credential");
    declare([1, 2]);
    expect(steps(await succeeded(deployment.preview()))).to.have.members(ADDED);
    expect(steps(await succeeded(deployment.up()))).to.have.members(ADDED);
  });

  it("where the certificate is to be repaired, and there is no former one", async () => {
    const { current } = (await deployment.organisation()).authConfig;
    await deployment.edit(({ servers }) => {
      for (const server of servers.filter(({ name }) => name === "MBX2")) {
        server.certificates = server.certificates.filter(({ thumbprint }) => thumbprint !== current);
      }
    });
    await succeeded(deployment.refresh());
    declare([1, 2]);
    const expected = ["update certificate", ...ADDED];
    expect(steps(await succeeded(deployment.preview()))).to.have.members(expected);
    expect(steps(await succeeded(deployment.up()))).to.have.members(expected);
  });
});
