import { expect } from "chai";
import { withLoopbackFree } from "../loopback";

const PROXY = "http://proxy.example:8080";

const ROWS: { title: string; given: NodeJS.ProcessEnv; adds: NodeJS.ProcessEnv }[] = [
  { title: "without a proxy nothing", given: { no_proxy: "a.example" }, adds: {} },
  { title: "with a proxy that is empty nothing", given: { https_proxy: "" }, adds: {} },
  { title: "with a proxy loopback", given: { https_proxy: PROXY }, adds: { no_proxy: "127.0.0.1" } },
  { title: "with one in capitals the same", given: { ALL_PROXY: PROXY }, adds: { no_proxy: "127.0.0.1" } },
  {
    title: "what the user has exempted stays, without the spaces that gRPC does not take",
    given: { http_proxy: PROXY, no_proxy: "a.example, b.example" },
    adds: { no_proxy: "a.example,b.example,127.0.0.1" },
  },
  {
    title: "a list in capitals is taken over, as small letters come first for some programs",
    given: { http_proxy: PROXY, NO_PROXY: "a.example" },
    adds: { no_proxy: "a.example,127.0.0.1", NO_PROXY: "a.example,127.0.0.1" },
  },
  {
    title: "gRPC's own list comes before all others, and has it too",
    given: { grpc_proxy: PROXY, no_grpc_proxy: "a.example" },
    adds: { no_grpc_proxy: "a.example,127.0.0.1", no_proxy: "127.0.0.1" },
  },
  {
    title: "what is exempt already is not said twice",
    given: { https_proxy: PROXY, no_proxy: "127.0.0.1" },
    adds: {},
  },
];

describe("What an environment exempts from its proxy", () => {
  for (const { title, given, adds } of ROWS) {
    it(title, () => expect(withLoopbackFree(given)).to.deep.equal({ ...given, ...adds }));
  }
});
