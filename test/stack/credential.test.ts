import { expect } from "chai";
import { addTenantFault } from "../../sandbox/entra";
import { family } from "../family";
import { Deployment, messages, steps } from "./deployment";

const YEAR = 365.25 * 24 * 60 * 60 * 1000;

// What azuread does here is measured on the real plugin (README, "Known issues of azuread").
family("the key credential", () => {
  let deployment: Deployment;

  beforeEach(async () => {
    deployment = await Deployment.begin({ scenario: "ordinary", program: "root" });
  });
  afterEach(() => deployment.end());

  const thumbprints = async () =>
    (await deployment.keyCredentials()).map(({ customKeyIdentifier }) => customKeyIdentifier);

  it("is left behind as an orphan when azuread dies after its PATCH, and added a second time", async () => {
    const before = await thumbprints();
    await addTenantFault(deployment.home, { kind: "providerDiesAfterPatch" });
    const died = await deployment.up();
    expect(died.succeeded).to.equal(false);
    const orphaned = await thumbprints();
    expect(orphaned).to.have.length(before.length + 1);
    expect(await deployment.resources()).to.not.have.property("push-notifications-key-credential");

    expect(messages(await deployment.up(), "error")).to.deep.equal([]);
    const { thumbprint } = await deployment.outputsOf("push-notifications-certificate");
    expect(await thumbprints()).to.deep.equal([...before, thumbprint, thumbprint]);

    expect(messages(await deployment.destroy(), "error")).to.deep.equal([]);
    expect(await thumbprints()).to.deep.equal([...before, thumbprint]);
  });

  it("that somebody removed is noticed by refresh, and added again by up", async () => {
    await deployment.up();
    const wanted = await thumbprints();
    await deployment.removeKeyCredential();
    expect(steps(await deployment.refresh())).to.deep.equal(["delete key-credential"]);
    expect(steps(await deployment.up())).to.deep.equal(["create key-credential"]);
    expect(await thumbprints()).to.deep.equal(wanted);
  });

  it("is lost to a stale read while a changed certificate replaces it, and the warning names the way out", async () => {
    const before = await thumbprints();
    await deployment.up();
    const former = (await deployment.outputsOf("push-notifications-certificate")).thumbprint;
    await deployment.edit((state) => {
      state.clockOffset += 5 * YEAR;
    });
    await deployment.refresh();
    // Adding reads the principal seven times; the eighth read is the one before the former key is removed.
    await addTenantFault(deployment.home, { kind: "staleRead", after: 7 });
    const replaced = await deployment.up();
    expect(replaced.succeeded).to.equal(true);
    const { thumbprint } = await deployment.outputsOf("push-notifications-certificate");
    expect(await thumbprints(), "the new key is gone, and up was green").to.deep.equal(before);
    expect(messages(replaced, "warning").join("\n")).to.contain(
      `The auth certificate changed from ${former} to ${thumbprint}. Where azuread replaces a key credential for it in ` +
        "this update, run `pulumi refresh` and `pulumi up` once more",
    );

    await deployment.refresh();
    expect(steps(await deployment.up())).to.deep.equal(["create key-credential"]);
    expect(await thumbprints()).to.deep.equal([...before, thumbprint]);
  });
});
