/** The part of node-forge that reads DER, alone: loading all of it costs a provider a tenth of a second. */
declare module "node-forge/lib/asn1" {
  import { asn1 } from "node-forge";

  export = asn1;
}
