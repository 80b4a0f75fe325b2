/** Why the check of an argument failed. */
export const NO_DOMAIN = "it must be a domain name, such as contoso.example";
export const NO_GUID = "it must be a guid, such as 11111111-2222-3333-4444-555555555555";
export const NO_TIME_LIMIT = "it must be a whole number of seconds from 1 to 3600, such as 300";
export const NO_DOMAIN_CONTROLLER = "it must be a domain name, such as dc1.contoso.example";
export const NO_LIST_OF_SERVERS = 'it must be a list of server names, such as ["MBX3"]';
