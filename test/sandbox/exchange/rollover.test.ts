import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { readJournal, readOrganisation } from "../../../sandbox/exchange";
import { runServicelet } from "../../../sandbox/exchange/rollover";
import type { Server, State, StoredCertificate } from "../../../sandbox/exchange/state";
import { ask } from "./asking";
import { makeHome, organisationOf, removeHomes } from "./homes";

const HOUR = 60 * 60 * 1000;
const CURRENT = "A".repeat(40);
const NEXT = "B".repeat(40);

/** The moment that lies so many hours from the present. */
const hoursFrom = (hours: number) => new Date(Date.now() + hours * HOUR);

describe("Exchange's servicelet", () => {
  after(removeHomes);

  /** An organisation of two servers of one site whose next certificate, on the first, was to take effect so many hours ago. */
  async function staged(hoursAgo: number, change: (state: State, certificate: StoredCertificate) => void = () => {}) {
    const state = await readOrganisation(await makeHome());
    const [MBX1, MBX2] = state.servers as [Server, Server];
    const [setups] = MBX1.certificates.slice(-1) as [StoredCertificate];
    MBX1.certificates = [{ ...setups, thumbprint: NEXT }];
    MBX2.certificates = [];
    state.authConfig = {
      ...state.authConfig,
      ...{ current: CURRENT, previous: "", next: NEXT, nextEffectiveDate: hoursFrom(-hoursAgo).toISOString() },
    };
    change(state, MBX1.certificates[0] as StoredCertificate);
    return state;
  }

  const named = ({ authConfig: { current, previous, next } }: State) => ({ current, previous, next });

  it("makes the next certificate current twelve hours after its date, and forgets the date", async () => {
    const state = await staged(12.01);
    const due = new Date(Date.parse(state.authConfig.nextEffectiveDate as string) + 12 * HOUR);
    runServicelet(state);
    expect(named(state)).to.deep.equal({ current: NEXT, previous: CURRENT, next: "" });
    expect(state.authConfig.nextEffectiveDate).to.equal(null);
    expect(state.authConfig.whenChanged).to.equal(`${due.toISOString().slice(0, 19)}.000Z`);
  });

  it("copies it to the servers of the site", async () => {
    const state = await staged(13);
    runServicelet(state);
    const holders = state.servers.filter(({ certificates }) =>
      certificates.some(({ thumbprint }) => thumbprint === NEXT),
    );
    expect(holders.map(({ name }) => name)).to.deep.equal(["MBX1", "MBX2"]);
  });

  const waits: { when: string; hours: number; change?: (state: State, certificate: StoredCertificate) => void }[] = [
    { when: "before twelve hours are over", hours: 11.99 },
    {
      when: "before as many hours are over as the scenario says",
      hours: 13,
      change: (state) => {
        state.serviceletHours = 24;
      },
    },
    {
      when: "where it does not run",
      hours: 1000,
      change: (state) => {
        state.serviceletHours = null;
      },
    },
    {
      when: "where AuthConfig has no date",
      hours: 13,
      change: (state) => {
        state.authConfig.nextEffectiveDate = null;
      },
    },
    {
      when: "where the server that sessions are opened to lacks the certificate",
      hours: 13,
      change: (state) => {
        const [MBX1, MBX2] = state.servers as [Server, Server];
        [MBX1.certificates, MBX2.certificates] = [[], MBX1.certificates];
      },
    },
    {
      when: "where that server has no key of it",
      hours: 13,
      change: (_, certificate) => {
        certificate.privateKey = null;
      },
    },
    {
      when: "where the certificate has expired by then",
      hours: 13,
      change: (_, certificate) => {
        certificate.notAfter = hoursFrom(-2).toISOString();
      },
    },
    {
      when: "where the certificate is not valid yet",
      hours: 13,
      change: (_, certificate) => {
        certificate.notBefore = hoursFrom(1).toISOString();
      },
    },
  ];
  for (const { when, hours, change } of waits) {
    it(`leaves the next certificate ${when}`, async () => {
      const state = await staged(hours, change);
      const before = structuredClone(state);
      runServicelet(state);
      expect(state).to.deep.equal(before);
    });
  }

  it("makes it current after no hours where the scenario says so", async () => {
    const state = await staged(0.01, (each) => {
      each.serviceletHours = 0;
    });
    runServicelet(state);
    expect(named(state)).to.deep.equal({ current: NEXT, previous: CURRENT, next: "" });
  });

  it("leaves an organisation alone that has no next certificate", async () => {
    const state = await readOrganisation(await makeHome());
    const before = structuredClone(state);
    runServicelet(state);
    expect(state).to.deep.equal(before);
  });

  it("has worked by when a cmdlet runs, which is then not what changed the organisation", async () => {
    const { organisation, home } = await organisationOf();
    const [config] = await ask(organisation, "Get-AuthConfig");
    const given = { Services: "Federation", SubjectName: "CN=new", PrivateKeyExportable: true };
    await ask(organisation, "New-ExchangeCertificate", given);
    const { servers } = await readOrganisation(home);
    const made = servers[0]?.certificates.at(-1)?.thumbprint as string;
    const stage = { NewCertificateThumbprint: made, NewCertificateEffectiveDate: hoursFrom(72) };
    await ask(organisation, "Set-AuthConfig", { ...stage, Force: true, Confirm: false });
    const file = path.join(home, "exchange.json");
    // A state as those have it that were written before there was a servicelet.
    const { serviceletHours: _, ...state } = JSON.parse(await readFile(file, "utf8")) as State;
    await writeFile(file, JSON.stringify({ ...state, clockOffset: state.clockOffset + 85 * HOUR }));
    expect((await ask(organisation, "Get-AuthConfig"))[0]).to.include({
      CurrentCertificateThumbprint: made,
      PreviousCertificateThumbprint: config?.CurrentCertificateThumbprint,
      NextCertificateThumbprint: "",
      NextCertificateEffectiveDate: null,
    });
    expect((await readJournal(home)).at(-1)).to.include({ cmdlet: "Get-AuthConfig", changed: false });
  });
});
