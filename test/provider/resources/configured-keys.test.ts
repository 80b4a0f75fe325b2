import type { dynamic } from "@pulumi/pulumi";
import { Config } from "@pulumi/pulumi/cmd/dynamic-provider/config";
import { expect } from "chai";
import { configuredKeys } from "../../../provider/resources/configured-keys";

const RAW = { "exchange:connection": "ssh", "exchange:conection": "ssh", "other:key": "1", "exchangeable:key": "1" };

describe("the keys that are set in the namespace", () => {
  const rows: { title: string; config: dynamic.Config; keys: string[] }[] = [
    {
      title: "are all of it, as Pulumi's process holds them",
      config: new Config(RAW, "project"),
      keys: ["connection", "conection"],
    },
    { title: "are none of a project that has the namespace's name", config: new Config(RAW, "exchange"), keys: [] },
    {
      title: "are none where a version of Pulumi should keep them elsewhere",
      config: { get: () => undefined, require: () => "" },
      keys: [],
    },
  ];
  for (const { title, config, keys } of rows) {
    it(title, () => {
      expect(configuredKeys(config)).to.deep.equal(keys);
    });
  }
});
