import * as provider from "pulumi-exchange-server/provider";

/** The kinds of resources that the built package has a handler of, sorted: none that it has can be missed. */
export const KINDS = Object.keys(provider).sort() as (keyof typeof provider)[];

/** A kind of resource: its class, its handler and the end of its type token bear the name. */
export type Kind = keyof typeof provider;

/** State format, kept for ever. */
export function typeOf(kind: string): string {
  return `pulumi-nodejs:dynamic/exchange:${kind}`;
}

/** State format, kept for ever. */
export function providerText(kind: string): string {
  return `exports.handler=()=>require("pulumi-exchange-server/provider").${kind};`;
}
