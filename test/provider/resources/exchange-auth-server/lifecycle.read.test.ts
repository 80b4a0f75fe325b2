import { expect } from "chai";
import { WrongOrganization } from "../../../../provider/errors";
import type { Value } from "../../../../provider/powershell/protocol";
import { lifecycle as operations } from "../../../../provider/resources/exchange-auth-server/lifecycle";
import type { ExchangeAuthServerOutputs } from "../../../../provider/resources/exchange-auth-server/outputs";
import { type Answer, failure } from "../../exchange/recording-session";
import { opened } from "../../opened";
import { printed } from "../../printed";
import {
  FORMER_URL,
  GUID,
  listed,
  ORGANISATION,
  OTHER_GUID,
  OTHER_TENANT,
  organisation,
  outputs,
  remove,
  server,
  set,
  stored,
  URL,
  writes,
} from "./organisation";

const lifecycle = opened(operations);

describe("the auth server's lifecycle", () => {
  describe("reads", () => {
    it("what is true, beside what the state notes", async () => {
      const { exchange } = organisation({
        "Get-AuthServer": listed(server({ AuthMetadataUrl: FORMER_URL, Enabled: false, Name: "Renamed" })),
      });
      const noted = { adopted: { Enabled: false }, written: { Enabled: true } };
      const olds = { ...outputs, provenance: "found" as const, ...noted, repair: ["x"] };
      expect(stored(await lifecycle.read(exchange, GUID, olds))).to.deep.equal({
        id: GUID,
        outputs: { ...olds, name: "Renamed", authMetadataUrl: FORMER_URL, enabled: false, repair: [] },
      });
    });

    it("nothing of one that is gone", async () => {
      const { exchange } = organisation({
        "Get-AuthServer": listed(server({ Guid: "99999999-0000-0000-0000-000000000009", Realm: OTHER_TENANT })),
      });
      expect(await lifecycle.read(exchange, GUID, outputs)).to.equal(undefined);
    });

    const successors: { title: string; changes: Record<string, Value>; expected: object }[] = [
      {
        title: "does not know who made it where it is exactly as wanted",
        changes: {},
        expected: { provenance: "unknown" },
      },
      {
        title: "knows that it was found where it differs",
        changes: { Enabled: false },
        expected: { provenance: "found", enabled: false },
      },
    ];
    for (const { title, changes, expected } of successors) {
      it(`another one that has taken its place in the realm, and ${title}`, async () => {
        const { exchange } = organisation({ "Get-AuthServer": listed(server({ Guid: OTHER_GUID, ...changes })) });
        const read = await lifecycle.read(exchange, GUID, {
          ...outputs,
          adopted: { Enabled: true },
          written: { Enabled: false },
        });
        expect(read?.id).to.equal(OTHER_GUID);
        expect(read?.outputs).to.include(expected);
        expect(read?.outputs.adopted).to.equal(undefined);
        expect(read?.outputs.written).to.equal(undefined);
      });
    }

    it("one that a program only looks up, by its Guid in any case", async () => {
      const { exchange } = organisation({ "Get-AuthServer": listed(server({ Realm: OTHER_TENANT }), server()) });
      const read = await lifecycle.read(exchange, GUID.toUpperCase(), {});
      expect(read?.id).to.equal(GUID);
      expect(read?.outputs).to.include({ tenantId: OTHER_TENANT, provenance: "found", organizationId: ORGANISATION });
    });
  });

  describe("deletes", () => {
    const destroyed = async (olds: Partial<ExchangeAuthServerOutputs>, answers: Record<string, Answer>) => {
      const { session, exchange } = organisation(answers);
      const lines = await printed(() => lifecycle.delete(exchange, { ...outputs, ...olds }));
      return { writes: writes(session), lines };
    };

    it("what was made here", async () => {
      expect(await destroyed({}, { "Get-AuthServer": listed(server()) })).to.deep.equal({
        writes: [remove(GUID)],
        lines: [],
      });
    });

    it("nothing where it is gone", async () => {
      expect(await destroyed({}, { "Get-AuthServer": listed() })).to.deep.equal({ writes: [], lines: [] });
    });

    it("without failing where it goes between our look and our removal", async () => {
      const gone = failure("ManagementObjectNotFoundException", "NotSpecified", "RemoveAuthServer");
      const answers = { "Get-AuthServer": listed(server()), "Remove-AuthServer": gone };
      expect(await destroyed({}, answers)).to.deep.equal({ writes: [remove(GUID)], lines: [] });
    });

    it("without failing where it goes between our look and the putting back, and says nothing of it", async () => {
      const gone = failure("ManagementObjectNotFoundException", "NotSpecified", "SetAuthServer");
      const olds = { provenance: "found" as const, adopted: { Enabled: false }, written: { Enabled: true } };
      const answers = { "Get-AuthServer": listed(server()), "Set-AuthServer": gone };
      expect(await destroyed(olds, answers)).to.deep.equal({ writes: [set({ Enabled: false })], lines: [] });
    });

    it("nothing of another one that has taken its place in the realm", async () => {
      const answers = { "Get-AuthServer": listed(server({ Guid: OTHER_GUID, Name: "ACS - 2" })) };
      expect(await destroyed({}, answers)).to.deep.equal({
        writes: [],
        lines: ['The auth server "ACS - 2" stays: it is not the one in the state.'],
      });
    });

    it("nothing of what was there before, and puts its former values back", async () => {
      const olds = {
        provenance: "found" as const,
        adopted: { AuthMetadataUrl: FORMER_URL, Enabled: false },
        written: { AuthMetadataUrl: URL, Enabled: true },
      };
      expect(await destroyed(olds, { "Get-AuthServer": listed(server()) })).to.deep.equal({
        writes: [set({ AuthMetadataUrl: FORMER_URL, Enabled: false })],
        lines: ['The auth server "MicrosoftSts" stays: it was there before.'],
      });
    });

    it("nothing that somebody else has changed since", async () => {
      const noted = { adopted: { AuthMetadataUrl: FORMER_URL }, written: { AuthMetadataUrl: URL } };
      const answers = { "Get-AuthServer": listed(server({ AuthMetadataUrl: "https://third.example" })) };
      expect((await destroyed({ provenance: "found", ...noted }, answers)).writes).to.deep.equal([]);
    });

    it("nothing that somebody else has changed since, where a refresh has seen that", async () => {
      const noted = { adopted: { AuthMetadataUrl: FORMER_URL }, written: { AuthMetadataUrl: URL } };
      const { session, exchange } = organisation({
        "Get-AuthServer": listed(server({ AuthMetadataUrl: "https://third.example" })),
      });
      const read = await lifecycle.read(exchange, GUID, { ...outputs, provenance: "found", ...noted });
      const refreshed = { ...outputs, ...read?.outputs };
      expect(refreshed.authMetadataUrl).to.equal("https://third.example");
      await printed(() => lifecycle.delete(exchange, refreshed));
      expect(writes(session)).to.deep.equal([]);
    });

    it("nothing whose maker is not known", async () => {
      const olds = { provenance: "unknown" as const, adopted: { Enabled: false }, written: { Enabled: true } };
      expect(await destroyed(olds, { "Get-AuthServer": listed(server()) })).to.deep.equal({
        writes: [],
        lines: ['The auth server "MicrosoftSts" stays: it is not known who created it.'],
      });
    });

    it("nothing in another organisation", async () => {
      const { session, exchange } = organisation({ "Get-AuthServer": listed(server()) });
      await expect(lifecycle.delete(exchange, { ...outputs, organizationId: "other" })).to.be.rejectedWith(
        WrongOrganization,
      );
      expect(session.cmdlets).to.deep.equal(["Get-AuthConfig"]);
    });
  });
});
