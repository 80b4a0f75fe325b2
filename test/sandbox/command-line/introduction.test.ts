import { expect } from "chai";
import { introduction, introductionTo } from "../../../sandbox/command-line/introduction";
import type { Server } from "../../../sandbox/exchange/state";

const directory = { domain: "corp.fabrikam.example", organization: "Fabrikam", domainControllers: [] };
const domain = { isInitial: false, isVerified: true };

describe("the first line", () => {
  it("says that this is a sandbox, which engine, which Exchange and which tenant", () => {
    const domains = [
      { ...domain, name: "fabrikam.onmicrosoft.example", isDefault: false },
      { ...domain, name: "fabrikam.example", isDefault: true },
    ];
    const servers = [{}, {}] as Server[];
    expect(introduction({ directory, servers }, { tenantId: "guid", domains })).to.equal(
      'Sandbox (nothing real is touched): this repository\'s engine, Exchange organisation "Fabrikam" with 2 servers, tenant fabrikam.example. For production use pulumi up.',
    );
  });

  it("names a tenant without a default domain by its guid, and counts one server as one", () => {
    expect(introduction({ directory, servers: [{}] as Server[] }, { tenantId: "guid", domains: [] })).to.equal(
      'Sandbox (nothing real is touched): this repository\'s engine, Exchange organisation "Fabrikam" with 1 server, tenant guid. For production use pulumi up.',
    );
  });

  it("of another command says where the tenant answers", () => {
    const tenant = { tenantId: "guid", domains: [], url: "https://localhost:1234" };
    expect(introductionTo("pulumi up", { directory, servers: [] }, tenant)).to.equal(
      'Sandbox for pulumi up: Exchange organisation "Fabrikam" with 0 servers, tenant guid at https://localhost:1234.',
    );
  });
});
