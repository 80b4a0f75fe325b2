import type { dynamic } from "@pulumi/pulumi";
import { Config } from "@pulumi/pulumi/cmd/dynamic-provider/config";
import { expect } from "chai";
import { configuredKeys } from "../../../provider/resources/configured-keys";

const RAW = { "exchange:connection": "ssh", "exchange:conection": "ssh", "other:key": "1", "exchangeable:key": "1" };

describe("the keys that are set in the namespace", () => {
  const rows: [string, dynamic.Config, string[]][] = [
    ["are all of it, as Pulumi's process holds them", new Config(RAW, "project"), ["connection", "conection"]],
    ["are none of a project that has the namespace's name", new Config(RAW, "exchange"), []],
    ["are none where a version of Pulumi should keep them elsewhere", { get: () => undefined, require: () => "" }, []],
  ];
  for (const [title, config, keys] of rows) {
    it(title, () => {
      expect(configuredKeys(config)).to.deep.equal(keys);
    });
  }
});
