import { expect } from "chai";
import { family } from "../family";
import { Deployment, messages, type Run, steps } from "./deployment";

const YEAR = 365.25 * 24 * 60 * 60 * 1000;

family("the preview of a certificate's repair", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "missing-before-update", program: "component" });
    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
  });
  afterEach(() => deployment.end());

  const thumbprint = async () => (await deployment.outputsOf("push-notifications-certificate")).thumbprint;

  const reasons = (run: Run) => messages(run, "info").filter((text) => text.includes("to be updated"));

  it("says that the key credential stays where the certificate does, as the update then does, and names the reason", async () => {
    await deployment.edit(({ servers, authConfig }) => {
      for (const server of servers.filter(({ name }) => name === "MBX2")) {
        server.certificates = server.certificates.filter((known) => known.thumbprint !== authConfig.current);
      }
    });
    await deployment.refresh();
    const why = [`The auth certificate ${await thumbprint()} is to be updated: missing on MBX2.`];
    const previewed = await deployment.preview();
    expect(steps(previewed)).to.deep.equal(["update certificate"]);
    expect(reasons(previewed)).to.deep.equal(why);

    const run = await deployment.up();
    expect(steps(run)).to.deep.equal(["update certificate"]);
    expect(reasons(run)).to.deep.equal(why);
    expect(steps(await deployment.preview())).to.deep.equal([]);
    expect(steps(await deployment.refresh())).to.deep.equal([]);
    expect((await deployment.resources())["push-notifications-certificate"]?.inputs).to.not.have.property(
      "certificatePem",
    );
  });

  it("says that the key credential is replaced where the certificate is, as the update then does", async () => {
    await deployment.edit((state) => {
      state.clockOffset += 5 * YEAR;
    });
    await deployment.refresh();
    const why = [`The auth certificate ${await thumbprint()} is to be updated: expired.`];
    const previewed = await deployment.preview();
    expect(steps(previewed)).to.include("update certificate");
    expect(steps(previewed)).to.include("replace key-credential");
    expect(reasons(previewed)).to.deep.equal(why);
    expect(steps(await deployment.up())).to.include("replace key-credential");
  });
});
