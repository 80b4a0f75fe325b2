"use strict";
// Loaded into every process of the tests by test/suites.mjs. Pulumi's SDK loads two packages at once that it uses only
// for functions which it serialises, and no program here has one: here they are loaded when they are used. Each program
// and each dynamic provider costs a third less.
const Module = require("node:module");

const LATE = ["typescript", "@npmcli/arborist"];
const load = Module._load;

Module._load = (request, parent, isMain) => {
  const isLate = LATE.includes(request) && /[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename);
  if (!isLate) return load(request, parent, isMain);
  const module = () => load(request, parent, isMain);
  return new Proxy(
    {},
    {
      // As a module of ECMAScript it is taken as it is; of any other each export would be copied, and so looked at.
      get: (_, name) => (name === "__esModule" ? true : name === "default" ? module() : module()[name]),
    },
  );
};
