import type { KeyCredential } from "./state";

/**
 * The two key credentials that Exchange Online's principal holds before anything is deployed, such as other Exchange
 * organisations of the same company have uploaded. Real self-signed certificates in the shape of those that Exchange's
 * setup makes (RSA 2048, five years); nobody has their private keys.
 */
export const CREDENTIALS_OF_OTHERS: readonly KeyCredential[] = [
  {
    customKeyIdentifier: "1584E86DDE91AB234BD22A957B0419848510168A",
    displayName: null,
    startDateTime: "2023-03-14T09:26:53Z",
    endDateTime: "2028-03-12T09:26:53Z",
    key: [
      "MIIDJTCCAg2gAwIBAgIQarqz1zZIpueF5/CkPVaPQzANBgkqhkiG9w0BAQsFADA1MTMwMQYDVQQDEypNaWNyb3NvZnQgRXhjaGFu",
      "Z2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwHhcNMjMwMzE0MDkyNjUzWhcNMjgwMzEyMDkyNjUzWjA1MTMwMQYDVQQDEypNaWNy",
      "b3NvZnQgRXhjaGFuZ2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDBSI4K",
      "soT/xd4mPXw8mq8a4if74DYdPWegc5h1VWJxtVuWsHzodZt65ewlRYrMmwplcCUzILNrcekatPFCI50B0pUFgQHNn84DsdAOIGE7",
      "U9WnA7JnClRIx9whVZ/2TW1B97iepg3pDVRKVsjY1oT26ELEKJ/M70zyQEm1SpDO1A8lduAtMZgPrFlet6N/Utp3uNCljOQT06wy",
      "C+8Kuqx9Sf1GTxp5DQh71Gq71aDuQWM5Leo4io0IU8O2ZTu6phVc2OzxzgMcz/Zn2YFQPrIVG34wKtFK5Af0u0EymIR+mMZcBdMl",
      "IJWwqz039dy+sTZgXt5maEVYErb9viaR9WKBAgMBAAGjMTAvMA4GA1UdDwEB/wQEAwIFoDAdBgNVHQ4EFgQU97761ynH0z7cefmf",
      "PhO2MdJmKgAwDQYJKoZIhvcNAQELBQADggEBAASJ7APx/TAsBoXwdPcS6K9ZM/Ux/gLqfgi2q0xXsyeqeoGvTpr8o4/atRqtjt+I",
      "PVh6IxHNAQlzPEfQPEwB+4Tsh6Gje4DXKTAIY3HKr6Q8mY8Wd5oQty0SainfOYd48DUQGIfUupe9CfvYnha8DXYdkOpW6H8xk6aU",
      "w8q0B5gQL2h6XFV+7q+uSNV5jynLSfnY6GCJi5F/IxKNFTvJjDMfIXUYYmVRChQQoUynJkgqgSFluDoOceM8T3ns5Sw/MXrEAyjM",
      "K+zjd8nbs+9IQkSCcmQ5OyxyzDbQE1TnMhnqk+Iy+jACFbqcvP4S8NWL3eH57a8v4Ul3Wf7lCAuTyUc=",
    ].join(""),
    keyId: "0b6e3a52-71c9-4d0e-8f35-c4a9d2e61b70",
    type: "AsymmetricX509Cert",
    usage: "Verify",
  },
  {
    customKeyIdentifier: "555B1A183FDDCA77DA4E6A1AFCBA6F8CB849C239",
    displayName: null,
    startDateTime: "2026-05-08T17:41:05Z",
    endDateTime: "2031-05-07T17:41:05Z",
    key: [
      "MIIDJTCCAg2gAwIBAgIQSARif3uRzg3CRPiaCY2o7jANBgkqhkiG9w0BAQsFADA1MTMwMQYDVQQDEypNaWNyb3NvZnQgRXhjaGFu",
      "Z2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwHhcNMjYwNTA4MTc0MTA1WhcNMzEwNTA3MTc0MTA1WjA1MTMwMQYDVQQDEypNaWNy",
      "b3NvZnQgRXhjaGFuZ2UgU2VydmVyIEF1dGggQ2VydGlmaWNhdGUwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQC/jJGs",
      "lsFLatmZqR3q9KqlQDT2ayotWWE1VdcPdVH5lUGzcg1rwgSj0w0m1LJ+rpY2xWSTI1El73XUSh52dxf1QvYgDlITIK+7b8nQRzuD",
      "NVU6YEBdCjkmUgmc1dGAvsbZJ+RfzHHDk+Df2M85T0y43Xxoao+2WqOH1620rwxGAc249I+MUpoJYveVIiJuJg/iYe0eN/xpcVrG",
      "y1PtUODFD5FTcxIdX0thV2ymvObptwor6uBBAVnl7KIE36MzNDuz1etNKoGn+TzvRQuC3pm3VksZgjjWh/vtSchpdLRk+42lXHxa",
      "VBdm9JfzcAy6vjFVvTL4z2BpQ2PPYgopFZnvAgMBAAGjMTAvMA4GA1UdDwEB/wQEAwIFoDAdBgNVHQ4EFgQUbOaXrMyV3hLU+gLp",
      "N2qZlR3YlYMwDQYJKoZIhvcNAQELBQADggEBABAc3wqAq+ic4IYrCjXVnvZ13e6d9rXZZSg2Tu6/vJD9Zp6H4ulC8pyaOn9jgYU0",
      "lBoYvHTUIMXSNd/qNZhP9s8EUhUGuYa2z6YovjF9+fExP8o8gVzTCYw+Cx4dDLQYJ5KG65eJY2v6o2SrOQorcPM/wXKQHPg1sPoT",
      "XUKx1+x3jlcwRn08LObHmfiVk6VzLwq/FfnOTQd+gWtEp5YG+FL3MLM6JpuXvOhVo01px93tULfITrfpNABGlkkjCRnthnfp+1Qp",
      "+zZH0gaGmVIfL0G0F7tXTu36zsCedQscAI0qfBTQcivXarwYf8K2kF1ZWNcCvaTN6lndBN0lfYCq0JU=",
    ].join(""),
    keyId: "e4817f9c-2d56-4b3a-a0c8-95f1b7d3604e",
    type: "AsymmetricX509Cert",
    usage: "Verify",
  },
];
