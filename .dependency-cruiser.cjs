/** Rules, and what beside them only computes from what it is given. */
const PURE = [
  "^provider/(bounded|errors|nearest)[.]ts$",
  "^provider/exchange/(builds|classify|exported-file|properties)[.]ts$",
  "^provider/resources/(change|check|declared|diff|duplicates|half-made|holdings|ignored-servers|ledger|outputs|storable)[.]ts$",
  "^provider/resources/[^/]+/(copies|declared-generations|failures|fields|follow-up|generation-warnings|generations|identifiers|key-credentials|metadata-url|outputs|present|rules|warnings)[.]ts$",
  "^provider/x509/",
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "Files of a circle can only be read, tested and moved together; a circle of types is one too.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphan",
      comment: "A file that imports nothing and that nothing imports is dead; those excepted are started by name.",
      severity: "error",
      from: { orphan: true, pathNot: "/fixtures/|^test/stack/programs/|^engine/bench/project/|[.]d[.]ts$" },
      to: {},
    },
    {
      name: "no-dead-file-in-provider",
      comment: "Users install all of provider: what neither of its two doors reaches is only weight.",
      severity: "error",
      from: { path: "^provider/(index|provider)[.]ts$" },
      to: {
        path: "^provider/",
        pathNot: "^provider/((index|provider)[.]ts|dist/)|[.](json|d[.]ts)$",
        reachable: false,
      },
    },
    {
      name: "provider-stands-alone",
      comment: "The package that runs in production contains nothing that stands in for Exchange, Entra or Pulumi.",
      severity: "error",
      from: { path: "^provider/" },
      to: { path: "^(sandbox|engine)/|^pulumi-(local-engine|exchange-sandbox)|^exchange-sandbox" },
    },
    {
      name: "sandbox-knows-the-protocol-alone",
      comment: "A sandbox that shared more than the protocol with the provider would share its mistakes.",
      severity: "error",
      from: { path: "^sandbox/" },
      to: {
        path: "^provider/|^pulumi-exchange-server",
        // Resolved once provider is built; by its name before.
        pathNot: "^provider/dist/powershell/protocol[.](d[.]ts|js)$|^pulumi-exchange-server/protocol$",
      },
    },
    {
      name: "engine-knows-no-exchange",
      comment: "The engine runs any Pulumi program; what it knew of Exchange would be wrong for the others.",
      severity: "error",
      from: { path: "^engine/" },
      to: { path: "^(sandbox|provider)/|^pulumi-exchange-server|^exchange-sandbox" },
    },
    {
      name: "engine-by-its-front-door",
      comment: "What is behind the engine's front door may change without the sandbox.",
      severity: "error",
      from: { path: "^sandbox/" },
      to: {
        path: "^engine/|^pulumi-local-engine/",
        pathNot: "^engine/dist/(files/)?index[.](d[.]ts|js)$|^pulumi-local-engine/files$",
      },
    },
    {
      name: "rules-only-decide",
      comment:
        "A rule is a function over facts, tested as a table: it reads no file, clock or connection. Hashes and comparisons are pure.",
      severity: "error",
      from: { path: PURE },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?(crypto|util)$" },
    },
    {
      name: "rules-ask-nobody",
      comment: "A rule that rests on rules alone is decided by its facts; one that could ask Exchange would not be.",
      severity: "error",
      from: { path: PURE },
      // A type is a fact's shape.
      to: { path: "^provider/", pathNot: PURE, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "organization-from-the-handler",
      comment:
        "The handler opens the organisation and compares it with what the state says before a lifecycle sees it; a resource that could reach Exchange by itself would go round that.",
      severity: "error",
      from: { path: "^provider/resources/[^/]+/" },
      to: {
        path: "^provider/(configuration|powershell)/|^provider/exchange/exchange[.]ts$|^provider/resources/(handler|handlers|opening)[.]ts$",
      },
    },
    {
      name: "pulumi-in-classes",
      comment:
        "A handler runs in a process of its own, where loading Pulumi's classes takes seconds: only what a program declares has them. Types are free.",
      severity: "error",
      from: {
        path: "^provider/",
        pathNot: [
          "^provider/components/",
          "^provider/resources/([^/]+)/\\1[.]ts$",
          "^provider/resources/(exchange-resource|exchange-provider|clear-password)[.]ts$",
        ],
      },
      to: { path: "(^|/)@pulumi/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "processes-in-powershell",
      comment:
        "One folder starts and ends processes, so that one place answers for what they inherit and who ends them.",
      severity: "error",
      from: { path: "^provider/", pathNot: "^provider/powershell/" },
      to: { path: "^(node:)?child_process$|(^|/)node-powershell(/|$)" },
    },
  ],
  options: {
    // Counts imports of types, which the built JavaScript no longer has.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules|(^|/)dist/" },
    exclude: { path: "^engine/test/golden/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "require", "node", "default"],
      extensions: [".ts", ".d.ts", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
