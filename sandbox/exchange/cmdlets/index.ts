import type { Cmdlet } from "../cmdlet";
import { getAuthConfig, setAuthConfig } from "./auth-config";
import { getAuthServer, newAuthServer, removeAuthServer, setAuthServer } from "./auth-server";
import { getExchangeCertificate, removeExchangeCertificate } from "./certificate";
import { getExchangeServer } from "./exchange-server";
import { newExchangeCertificate } from "./new-certificate";
import {
  disablePushNotificationProxy,
  enablePushNotificationProxy,
  getPushNotificationApp,
} from "./push-notifications";
import { exportExchangeCertificate, importExchangeCertificate } from "./transfer-certificate";

/** Every cmdlet that an organisation may offer. */
export const CMDLETS: readonly Cmdlet[] = [
  getAuthConfig,
  setAuthConfig,
  getAuthServer,
  newAuthServer,
  setAuthServer,
  removeAuthServer,
  getExchangeCertificate,
  newExchangeCertificate,
  exportExchangeCertificate,
  importExchangeCertificate,
  removeExchangeCertificate,
  getExchangeServer,
  enablePushNotificationProxy,
  disablePushNotificationProxy,
  getPushNotificationApp,
];
